# make demo   set everything up, make the demonstration dataset, look around
# make test   set everything up, run the tests
# make check  format, lint, types: the words CI runs
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.DEFAULT_GOAL := help
.PHONY: help demo test check tiny golden quality speed searching exact sandbox masking institutions stitching gathering scans tables chaos samples lock wheel clean

help: ## say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# Python 3.11 or newer with venv is all that must be there; on a bare Debian it is fetched with apt.
$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null && $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || scripts/install-python
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## the demonstration dataset: what was found, and three commands to try
	@$(BIN)/sousveil demo demo-dataset

test: $(READY) ## all tests (under 10 minutes on two processors)
	$(BIN)/python -m pytest -n auto --dist worksteal -q

check: $(READY) ## format, lint, types, house
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_house.py

tiny: $(READY) ## the whole line on the shipped sample, in seconds
	@$(BIN)/python bench/tiny.py

golden: $(READY) ## changed extractions as a diff; ACCEPT=1 writes them
	@$(BIN)/python bench/golden.py $(if $(ACCEPT),--accept)

quality: $(READY) ## precision and recall against labelled notices; floors pinned in bench/floors.json
	@$(BIN)/python bench/quality.py $(if $(WRITE),--write)

speed: $(READY) ## notices per second and memory per step
	@$(BIN)/python bench/speed.py $(if $(WRITE),--write)

searching: $(READY) ## search and pages on 100,000 notices, alone and while an ingest runs (long)
	@$(BIN)/python bench/searching.py $(if $(WRITE),--write)

exact: $(READY) ## 2,000 phrases: answers of the index against a scan of every masked text
	@$(BIN)/python bench/exact.py

sandbox: $(READY) ## what locked worker processes cost, against reading in process
	@$(BIN)/python bench/sandbox.py $(if $(WRITE),--write)

masking: $(READY) ## recall and damage of the masks on labelled lines
	@$(BIN)/python bench/masking.py

institutions: $(READY) ## precision and recall of resolving names on labelled institutions; fails under .99 and .95
	@$(BIN)/python bench/institutions.py

scans: $(READY) ## character error and cost of recognising scans
	@$(BIN)/python bench/scans.py $(if $(WRITE),--write)

tables: $(READY) ## cells, heads, spans and page ends of generated tables, for each format
	@$(BIN)/python bench/tables.py $(if $(WRITE),--write)

stitching: $(READY) ## notices to purchases: pairs, the total's error, seconds and memory to 100,000
	@$(BIN)/python bench/stitching.py $(if $(WRITE),--write)

gathering: $(READY) ## seconds and memory of putting purchases together, to 100,000 notices (long)
	@$(BIN)/python bench/gathering.py $(if $(WRITE),--write)

chaos: $(READY) ## kills, full disks, power cuts, bombs, damaged files; the figures (long); WRITE=1 keeps them
	@$(BIN)/python bench/chaos.py $(if $(WRITE),--write)

samples: $(READY) ## write the demonstration notices again
	$(BIN)/python scripts/make_samples.py

lock: ## resolve dependencies again, none younger than a week
	scripts/lock

wheel: $(READY) ## build the wheel
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean: ## remove what was made
	rm -rf $(VENV) demo-dataset dist build bench/out .pytest_cache .mypy_cache .ruff_cache .hypothesis
