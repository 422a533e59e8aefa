"""The version of the distribution; `setup.cfg` reads it from here, so that `--version` needs no look at metadata."""

VERSION = "0.1.0"
