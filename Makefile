# make demo   the example articles, read into a new knowledge base: table, chain and page
# make test   the whole test suite
# make check  what .ci/run checks besides: style and types
# make bench  scores and speed against the recorded ones (needs the corpora; see benchmarks/README.md)
#
# All of it runs in .venv, which is made on the first call and anew when setup.cfg changes.

PYTHON ?= python3
VENV := .venv
# Windows keeps the programs of a virtual environment elsewhere.
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
KB := demo/zeitstrahl.db
ZEITSTRAHL := $(BIN)/zeitstrahl --kb $(KB)

.PHONY: demo test check bench clean

demo: $(VENV)/.installed
	@$(PYTHON) -c "import shutil; shutil.rmtree('demo', ignore_errors=True)"
	@$(PYTHON) -c "import pathlib; pathlib.Path('demo').mkdir()"
	$(ZEITSTRAHL) add docs/examples/korea
	$(ZEITSTRAHL) events
	$(ZEITSTRAHL) chain "Lawrow lädt Kim nach Russland ein" "Putin trifft Kim in Wladiwostok"
	$(ZEITSTRAHL) timeline -o demo/timeline.html

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest

check: $(VENV)/.installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[check]"
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy

bench: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks

$(VENV)/.installed: setup.cfg pyproject.toml
	$(PYTHON) -c "import sys; sys.exit('Zeitstrahl needs Python 3.11 or newer, this is ' + sys.version if sys.version_info < (3, 11) else 0)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(PYTHON) -c "import pathlib; pathlib.Path('$@').touch()"

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@$(PYTHON) -c "import pathlib; pathlib.Path('$@').touch()"

clean:
	$(PYTHON) -c "import shutil; [shutil.rmtree(d, ignore_errors=True) for d in ('$(VENV)', 'build', 'dist', 'demo')]"
