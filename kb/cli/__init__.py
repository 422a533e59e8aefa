"""The command `zeitstrahl`: each command parses, calls one function and prints.

Nothing is imported here before it is needed: `--help`, `--version` and completion stay quick.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line that the program was called with, and leave with its exit code."""
    from kb.cli.program import run_program

    sys.exit(run_program())
