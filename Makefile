# make          set up this checkout and build everything (ARGS="--region fresno" for printkit build)
# make test     set up, and run every check and test
# make help     the rest
#
# PYTHON=python3.12 chooses the Python, WORKERS=0 runs the tests one after another.

.DEFAULT_GOAL := all
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
export PYTHON

BIN := .venv/bin
WORKERS ?= 2

.PHONY: all build proof setup setup-dev test quick lint bench clean distclean help

all: build
	@echo
	@echo "The batches are in build/, a folder a region. The command is $(BIN)/printkit:"
	@echo "    $(BIN)/printkit --help              what it can do"
	@echo "    $(BIN)/printkit build --help        one region, one language, one piece"

build: setup
	@$(BIN)/printkit build $(ARGS)

proof: setup
	@$(BIN)/printkit proof $(ARGS)

setup:
	@scripts/setup.sh

setup-dev:
	@scripts/setup.sh --dev

lint: setup-dev
	@$(BIN)/ruff check
	@$(BIN)/mypy

# Tests of one file stay together: they share what is slow to make.
test: lint
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

quick: lint
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow" $(ARGS)

# Takes long, and holds nobody to a time: a machine that is busy with other things is slow.
bench:
	@scripts/setup.sh --bench
	@$(BIN)/python -m benchmarks $(ARGS)

clean:
	@rm -rf build .mypy_cache .pytest_cache .ruff_cache .hypothesis

distclean: clean
	@rm -rf .venv .browser .ua-checker

help:
	@echo "make            set up and build everything"
	@echo "make build      the same; ARGS=\"--region fresno\" goes to printkit build"
	@echo "make proof      the pages to look at before ordering; ARGS=\"…\" goes to printkit proof"
	@echo "make test       every check and test"
	@echo "make quick      the checks and the fast tests, about a minute"
	@echo "make lint       ruff and mypy only"
	@echo "make bench      measure time, memory and bytes beside rivals; ARGS=--write for docs/speed.md"
	@echo "make setup      the system's libraries and the virtual environment, nothing else"
	@echo "make clean      remove what builds and tests made"
	@echo "make distclean  and the virtual environment"
	@echo "PYTHON=python3.12 chooses the Python; WORKERS=0 runs the tests one after another."
