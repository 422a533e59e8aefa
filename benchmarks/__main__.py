"""`python -m benchmarks [NAME...]`: the benchmarks that need nothing but the checkout, or the named ones."""

from __future__ import annotations

import subprocess
import sys

# Those with needs of their own (a browser, the training corpora) are called by name: `python -m benchmarks.models`.
PLAIN = ("events", "timex", "chains", "startup")


def main(names: list[str]) -> int:
    """Runs each benchmark in a process of its own; the exit code is that of the first that failed."""
    code = 0
    for name in names or PLAIN:
        print(f"\n== {name}", flush=True)
        code = code or subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
