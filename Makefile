PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest
HASHED := --require-hashes --no-deps
# uv takes a tenth of pip's time; but there is none for every machine, and of a mirror that pip was
# told of, it knows nothing.
UV := $(PIP) install $(HASHED) --only-binary :all: -r requirements-uv.txt && \
	$(BIN)/uv pip install --quiet --python $(BIN)/python

LOCKED := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.PHONY: run test test-page checks lint bench soak screenshots lock upgrade clean

run: $(VENV)/installed  ## make the environment and start the bot, or the playground without tokens
	@$(BIN)/python bot.py

# One process collects first: each of the four would compile every test module anew.
test: $(VENV)/installed-dev lint  ## the checks and the suite; the types are checked beside it
	@$(BIN)/mypy > $(VENV)/types.txt 2>&1 & types=$$!; \
	$(PYTEST) --collect-only -qq > $(VENV)/collected.txt; \
	$(PYTEST) -n 4 --dist worksteal -m "not page"; suite=$$?; \
	wait $$types; types=$$?; cat $(VENV)/types.txt; exit $$((suite + types))

test-page: $(VENV)/installed-dev  ## the playground's page in Chromium, element by element
	@$(PYTEST) -n 3 --dist worksteal -m page

checks: $(VENV)/installed-dev lint
	@$(BIN)/mypy

lint: $(VENV)/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-logo > $(VENV)/import-contracts.txt || (cat $(VENV)/import-contracts.txt; false)

bench: $(VENV)/installed-dev  ## ratios against bare libraries, measured side by side
	@$(BIN)/python -m benchmarks

soak: $(VENV)/installed-dev  ## the promises of delivery at full size, then each guard taken away
	@$(BIN)/python -m soak; promises=$$?; \
	$(BIN)/python -m soak --guards; guards=$$?; \
	SOAK=1 $(BIN)/pytest tests/workflows/test_unsteady_delivery.py; drawn=$$?; \
	exit $$((promises + guards + drawn))

screenshots: $(VENV)/installed-dev  ## the pictures of the README, from the playground
	@$(BIN)/python -m docs.screenshots

lock: $(VENV)/installed-dev  ## bring requirements*.txt in line with pyproject.toml
	@$(LOCKED) pyproject.toml -o requirements.txt
	@$(LOCKED) --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	@echo uv | $(LOCKED) - -o requirements-uv.txt

upgrade: LOCKED += --upgrade
upgrade: lock  ## lock the newest of everything

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "highlightbot needs Python 3.11 or newer: make PYTHON=python3.12 run")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(BIN)/python
	@echo "Installing what highlightbot needs (once) …"
	@$(UV) $(HASHED) -r $< || $(PIP) install $(HASHED) -r $<
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt | $(BIN)/python
	@echo "Installing what development needs (once) …"
	@$(UV) $(HASHED) -r $< || $(PIP) install $(HASHED) -r $<
	@touch $@ $(VENV)/installed

clean:  ## remove the environment
	rm -rf $(VENV)
