# Every task of the repository. People, hooks and CI run the same targets.
# Needs git, make and Python 3.11 or later with venv; the rest is installed into .venv.

# The first of $(1) that runs, is a Python from 3.11 to $(2), and can make environments.
first_python = $(shell for python in $(1); do \
	"$$python" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $(2)))' \
	>/dev/null 2>&1 && { echo "$$python"; break; }; done)
PYTHON ?= $(call first_python,python3.14 python3.13 python3.12 python3.11 python3 python,99)
# The oldest libraries are older than Python 3.13: they have no wheels for it.
LOWEST_PYTHON ?= $(call first_python,python3.11 python3.12 python3 python,12)
# Atheris has wheels from Python 3.12 on.
FUZZ_PYTHON ?= $(call first_python,python3.12 python3.13 python3 python,13)
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input
TESTS ?= tests
# `auto` is one test process a core; `make test WORKERS=0` runs in one, for a debugger.
WORKERS ?= auto
PYTEST_OPTIONS = --numprocesses $(WORKERS) --dist loadgroup

DEMO = resolutions/ukraine-2022/s-2022-155.yaml resolutions/ukraine-2022/s-res-2623.yaml
# The command that runs the examples' own `expect:` blocks.
CHECK_EXAMPLES ?= $(BIN)/unvote check members.yaml bodies resolutions
# What `make bench` runs; `make bench PARTS=startup` runs one part (benchmarks/__main__.py names them).
PARTS ?=
BENCH ?= $(BIN)/python -m benchmarks --environment $(VENV)-bench $(PARTS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- What users and CI run -------------------------------------------------------------------------

.PHONY: demo
demo: $(VENV)/.installed-core ## Two votes with the same numbers and opposite verdicts
	@$(BIN)/unvote tally $(DEMO)

.PHONY: test
test: $(VENV)/.installed-dev $(VENV)/.browser ## Run the tests
	$(BIN)/python -m pytest $(PYTEST_OPTIONS) $(TESTS)

.PHONY: check
check: check-rest test ## Everything that must hold: style, types, contracts, examples, tests, docs

.PHONY: check-rest
check-rest: format-check lint types contracts examples site ## All of `check` but the tests

.PHONY: bench
bench: $(VENV)/.installed-core $(VENV)-bench/.installed ## Measure speed against what a user would pick instead
	$(BENCH)

SECONDS ?= 600

.PHONY: fuzz
fuzz: $(VENV)-fuzz/.installed ## Fuzz the reader and every kind of document (SECONDS=600)
	$(VENV)-fuzz/bin/python fuzz/documents.py -max_total_time=$(SECONDS) -max_len=4000

# Which mutants: `make mutants MUTANTS='unvote.rules*'`; all, and only what changed since, without.
MUTANTS ?=

.PHONY: mutants
mutants: $(VENV)-mutants/.installed ## Change the core in one place each and see what no test notices
	CI=true $(VENV)-mutants/bin/mutmut run $(MUTANTS)
	$(VENV)-mutants/bin/mutmut results | grep -v ': not checked$$' || true

# --- One thing at a time ---------------------------------------------------------------------------

.PHONY: format
format: $(VENV)/.installed-dev ## Rewrite the code in the house format
	$(BIN)/ruff check --fix --exit-zero --quiet
	$(BIN)/ruff format

.PHONY: format-check
format-check: $(VENV)/.installed-dev ## Say what `format` would change
	$(BIN)/ruff format --check --diff

.PHONY: lint
lint: $(VENV)/.installed-dev ## Look for mistakes of style and substance
	$(BIN)/ruff check

.PHONY: types
types: $(VENV)/.installed-dev ## Check the types, strictly
	$(BIN)/mypy

.PHONY: contracts
contracts: $(VENV)/.installed-dev ## Check that imports go down only
	$(BIN)/lint-imports

.PHONY: examples
examples: $(VENV)/.installed-dev ## Check the shipped resolutions against what they expect
	$(CHECK_EXAMPLES)

.PHONY: docs
docs: $(VENV)/.installed-dev ## Run the documentation's commands and checks (part of `test`)
	$(BIN)/python -m pytest tests/test_docs.py

.PHONY: site
site: $(VENV)/.installed-dev ## Build the documentation as a site, in build/site
	$(BIN)/python -m sphinx --builder html --fail-on-warning --keep-going --quiet -c docs . build/site

.PHONY: docs-write
docs-write: $(VENV)/.installed-dev ## Write the gallery of errors and what the documentation shows anew
	-UNVOTE_UPDATE=1 $(BIN)/python -m pytest --quiet $(PYTEST_OPTIONS) tests/test_errors.py
	-UNVOTE_UPDATE=1 $(BIN)/python -m pytest --quiet tests/test_rule.py
	$(BIN)/python -m unvote.cli.manual > man/unvote.1
	$(BIN)/python tests/test_docs.py

.PHONY: pictures
pictures: $(VENV)/.installed-dev ## Draw the pictures of the documentation anew
	$(BIN)/unvote draw resolutions/ukraine-2022/es-11-4.yaml -o docs/pictures/es-11-4-board.svg
	$(BIN)/unvote draw resolutions/ukraine-2022/es-11-4.yaml --as map -o docs/pictures/es-11-4-map.svg
	$(BIN)/unvote draw resolutions/ukraine-2022/s-2022-155.yaml -o docs/pictures/s-2022-155.svg
	$(BIN)/unvote draw resolutions/ukraine-2022/es-11-3.yaml --as bar -o docs/pictures/es-11-3-bar.svg
	$(BIN)/python tests/report_pictures.py

.PHONY: test-lowest
test-lowest: $(VENV)-lowest/.installed ## Run the tests with the oldest libraries we promise
	$(VENV)-lowest/bin/python -m pytest $(PYTEST_OPTIONS) -m "not installed and not browser" $(TESTS)

.PHONY: clean
clean: ## Remove everything that can be made again
	rm -rf $(VENV) $(VENV)-bench $(VENV)-fuzz $(VENV)-lowest $(VENV)-lock $(VENV)-mutants build dist mutants
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .grimp_cache .hypothesis
	find src tests benchmarks hatch_build.py -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- Environments: a stamp says what is installed; the locks are installed by hash -----------------

INSTALL = $(PIP) install --quiet --require-hashes --requirement
INSTALL_UNVOTE = $(PIP) install --quiet --no-deps --no-build-isolation --editable .
# $(call create_venv,PYTHON,FOLDER,WHICH PYTHON): a new environment, or what is missing.
create_venv = if test -z "$(1)"; \
	then echo "This needs Python $(3) with its venv module" >&2; exit 1; \
	else "$(1)" -m venv --clear $(2); fi

$(VENV)/.created:
	@$(call create_venv,$(PYTHON),$(VENV),3.11 or later)
	@touch $@

$(VENV)/.installed-core: requirements/build.txt pyproject.toml hatch_build.py $(VENV)/.created
	@echo "Installing unvote into $(VENV) ..."
	@$(INSTALL) requirements/build.txt
	@$(INSTALL_UNVOTE)
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed-core
	@echo "Installing the development tools into $(VENV) ..."
	@$(INSTALL) requirements/dev.txt
	@touch $@

# Tests of pages want a Chromium: put there if we may, else those tests are skipped and say so.
$(VENV)/.browser: $(VENV)/.created
	@for name in chromium chromium-browser google-chrome; do command -v $$name; done | grep -q . \
	|| { test "$$(id -u)" = 0 && command -v apt-get && apt-get update \
	&& apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1 \
	|| echo "No Chromium here: the tests that need a browser will be skipped"
	@touch $@

# What is measured is what users install: the wheel, with its snapshot, and the locked libraries.
BENCH_PIP = $(VENV)-bench/bin/python -m pip --disable-pip-version-check --no-input install --quiet
WHEEL_SOURCES = members.yaml README.md $(shell find src bodies man resolutions -type f ! -name '*.pyc')

$(VENV)-bench/.libraries: requirements/bench.txt
	@echo "Installing what is compared with into $(VENV)-bench ..."
	@$(call create_venv,$(PYTHON),$(VENV)-bench,3.11 or later)
	@$(BENCH_PIP) --require-hashes --requirement requirements/bench.txt
	@touch $@

$(VENV)-bench/.installed: $(VENV)-bench/.libraries $(VENV)/.installed-core $(WHEEL_SOURCES)
	@rm -rf $(VENV)-bench/wheel
	@$(BIN)/python -m hatchling build -t wheel -d $(VENV)-bench/wheel >/dev/null
	@$(BENCH_PIP) --no-index --no-deps --force-reinstall $(VENV)-bench/wheel/*.whl
	@touch $@

$(VENV)-fuzz/.installed: requirements/fuzz.txt pyproject.toml hatch_build.py
	@$(call create_venv,$(FUZZ_PYTHON),$(VENV)-fuzz,3.12 or 3.13)
	@$(VENV)-fuzz/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement requirements/fuzz.txt
	@$(VENV)-fuzz/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)-mutants/.installed: requirements/mutants.txt pyproject.toml hatch_build.py
	@echo "Installing mutmut into $(VENV)-mutants ..."
	@$(call create_venv,$(PYTHON),$(VENV)-mutants,3.11 or later)
	@$(VENV)-mutants/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement requirements/mutants.txt
	@$(VENV)-mutants/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)-lowest/.installed: requirements/lowest.txt pyproject.toml hatch_build.py
	@echo "Installing the oldest libraries into $(VENV)-lowest ..."
	@$(call create_venv,$(LOWEST_PYTHON),$(VENV)-lowest,3.11 or 3.12)
	@$(VENV)-lowest/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement requirements/lowest.txt
	@$(VENV)-lowest/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# --- Locks: one resolution for every system and Python from 3.11, without the newest week ----------
# `make lock` follows a change of pyproject.toml; `make lock UPGRADE=--upgrade` takes new releases too.

UPGRADE ?=
COMPILE = $(VENV)-lock/bin/uv pip compile --quiet --no-config --generate-hashes --universal \
	--python-version 3.11 --exclude-newer "1 week" --custom-compile-command "make lock" $(UPGRADE)
BUILD_REQUIRES = $(BIN)/python -c 'import tomllib; \
	print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'

.PHONY: lock
lock: $(VENV)-lock/.installed $(VENV)/.created ## Write requirements/*.txt anew from pyproject.toml
	$(COMPILE) pyproject.toml --output-file requirements/core.txt
	$(BUILD_REQUIRES) | $(COMPILE) pyproject.toml - --constraints requirements/core.txt --output-file requirements/build.txt
	$(COMPILE) pyproject.toml --extra dev --constraints requirements/build.txt --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --extra bench --constraints requirements/dev.txt --output-file requirements/bench.txt
	$(BUILD_REQUIRES) | $(COMPILE) pyproject.toml - --extra fuzz --constraints requirements/build.txt --output-file requirements/fuzz.txt
	$(BUILD_REQUIRES) | $(COMPILE) pyproject.toml - --extra mutants --constraints requirements/dev.txt --output-file requirements/mutants.txt
	$(COMPILE) pyproject.toml --extra test --resolution lowest-direct --output-file requirements/lowest.txt
	$(COMPILE) --group pyproject.toml:lock --output-file requirements/lock.txt

$(VENV)-lock/.installed: requirements/lock.txt
	@$(call create_venv,$(PYTHON),$(VENV)-lock,3.11 or later)
	@$(VENV)-lock/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement requirements/lock.txt
	@touch $@
