# Samverkan. `make help` lists the commands; docs/contributing.md says when to use which.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help

export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never

UV := .tools/uv-pkg/bin/uv
BIN := .venv/bin
BUNDLE := src/samverkan/shell/static/dist/manifest.json
CODE := src tests bench
WORKERS ?= 2
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist loadfile
DATA ?= demo-data

# Public data sets for tests and benchmarks lie beside the checkout; what needs them says so.
ifneq ($(wildcard ../shared/data),)
export SAMVERKAN_TESTDATA ?= $(abspath ../shared/data)
endif

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

# --- the environment ---------------------------------------------------------------------

.PHONY: setup
setup: .venv/.installed $(BUNDLE) ## prepare the environment; afterwards the command is .venv/bin/samverkan

$(UV): requirements-uv.txt
	scripts/bootstrap-uv
	@touch $@

.venv/.installed: requirements.txt requirements-dev.txt pyproject.toml | $(UV)
	@[ -x $(BIN)/python ] || $(UV) venv --quiet --python "$$(scripts/python)" .venv
	$(UV) pip install --quiet --require-hashes --only-binary :all: --compile-bytecode -r requirements.txt -r requirements-dev.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc | $(UV)
	scripts/build-bundle install
	@touch $@

$(BUNDLE): node_modules/.installed .venv/.installed scripts/build-boundaries $(shell find src/samverkan/shell/assets -type f -not -path '*/boundaries/*' 2>/dev/null)
	scripts/build-bundle build
	@touch $@

.PHONY: lock
lock: $(UV) ## resolve the dependencies anew and write the hashed requirements files
	$(UV) lock --quiet --python "$$(scripts/python)"
	$(UV) export --quiet --frozen --no-dev --no-emit-project --no-annotate --no-header -o requirements.txt >/dev/null
	$(UV) export --quiet --frozen --only-dev --no-annotate --no-header -o requirements-dev.txt >/dev/null

# --- run ---------------------------------------------------------------------------------

.PHONY: demo
demo: setup ## start the demonstration: fourteen parties and the hub in one process, synthetic data
	$(BIN)/samverkan demo --data $(DATA)

# --- check -------------------------------------------------------------------------------

.PHONY: lint
lint: setup ## style, strict types, who may import whom
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy $(CODE)
	@# The report is long and the banner longer: show it only when a contract is broken.
	@out=$$($(BIN)/lint-imports 2>&1) || { echo "$$out"; exit 1; }; echo "$$out" | tail -n 2 | head -n 1

.PHONY: pack
pack: setup ## check the national model
	$(BIN)/samverkan pack check packs/se

.PHONY: quick
quick: lint ## lint and unit tests, under 90 seconds
	$(PYTEST) -m "not flow and not browser and not postgres and not house and not world"

.PHONY: check
check: lint pack ## quick, whole worlds of parties, and the rules of the house: amputation, budgets, wheel, pack
	$(PYTEST) -m "not flow and not browser and not postgres"

.PHONY: test
test: lint pack ## everything: also PostgreSQL, real processes and a browser, under 12 minutes
	scripts/system-packages
	$(PYTEST)

.PHONY: bench
bench: setup ## run every benchmark and store its figures under docs/benchmarks/
	$(BIN)/python -m bench store docs/benchmarks
