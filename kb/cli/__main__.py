"""`python -m kb.cli`, where the command `zeitstrahl` is not on the path."""

from kb.cli import main

main()
