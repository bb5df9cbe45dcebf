PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check

.PHONY: run test checks bench screenshots lock clean

run: $(VENV)/installed  ## make the environment and start the bot, or the playground without tokens
	@$(BIN)/python bot.py

test: $(VENV)/installed-dev checks  ## the checks, then the suite
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 2 --dist worksteal

checks: $(VENV)/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo > $(VENV)/import-contracts.txt || (cat $(VENV)/import-contracts.txt; false)

bench: $(VENV)/installed-dev  ## ratios against bare libraries, measured side by side
	@$(BIN)/python -m benchmarks

screenshots: $(VENV)/installed-dev  ## the pictures of the README, from the playground
	@$(BIN)/python -m docs.screenshots

lock: $(VENV)/installed-dev  ## renew requirements*.txt from pyproject.toml
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --extra dev -c requirements.txt \
		pyproject.toml -o requirements-dev.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "highlightbot needs Python 3.11 or newer: make PYTHON=python3.12 run")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what highlightbot needs (about a minute, once) …"
	@$(PIP) install --require-hashes --no-deps -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing what development needs (about a minute, once) …"
	@$(PIP) install --require-hashes --no-deps -r requirements-dev.txt
	@touch $@ $(VENV)/installed

clean:  ## remove the environment
	rm -rf $(VENV)
