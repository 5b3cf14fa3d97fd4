# Everything Spotter needs lives in .venv; the stamps say what has been installed from which lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
UV ?= uv

.PHONY: run test lint bench soak demo lock clean

run: $(VENV)/.installed
	@$(BIN)/spotter run

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 -m "not soak"

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench

soak: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 -m soak

demo: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.demo

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Spotter needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 run") if sys.version_info < (3, 11) else None'
	@echo "Setting Spotter up in $(VENV), once..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: tests/requirements.lock $(VENV)/.installed
	@$(PIP) install --require-hashes -r tests/requirements.lock
	@touch $@

# Two locks: what running needs, and the same versions with what testing needs on top.
lock:
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra build pyproject.toml -o requirements.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra build --extra dev -c requirements.lock pyproject.toml -o tests/requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
