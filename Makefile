# Everything a newcomer needs: `make demo` and `make test`. Python 3.11 or newer, make and git are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup page engine demo test check format bench screenshots reference lock clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml hatch_build.py hatch_compile.py web/package-lock.json
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Zubda needs Python 3.11 or newer; set PYTHON=...")'
	@echo "Setting up in $(VENV): libraries first, then the page and the compiled engine. This takes some minutes, once."
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

page: setup  ## Build the page anew if its sources changed
	@$(BIN)/python hatch_build.py

engine: setup  ## Compile the engine anew if its sources changed; until then it runs as Python
	@$(BIN)/python hatch_compile.py

demo: page  ## Read the example accounts and open the page
	$(BIN)/zubda demo $(DEMO)

test: page  ## All tests, in parallel
	$(BIN)/python -m pytest

check: setup  ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: engine  ## All benchmarks; figures go to benchmarks/results.md
	$(BIN)/python -m benchmarks

screenshots: page  ## The pictures in docs/screenshots
	$(BIN)/python web/scripts/screenshots.py

reference: setup  ## docs/reference.md from the program itself
	$(BIN)/python docs/make_reference.py

lock:  ## Pin what pyproject.toml asks for, with hashes and without addresses
	$(BIN)/pip-compile --quiet --extra dev --extra documents --extra plot --extra geo --generate-hashes --allow-unsafe \
	  --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist web/node_modules src/zubda/server/page src/zubda/_compiled
