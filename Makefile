# `make run` needs Python 3.11 or newer and nothing else; `make test` also uses Node.js and Chromium.

PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CHECKED := daybook tests benchmarks

.PHONY: run test check bench clean lock
.DELETE_ON_ERROR:

run: .venv/.project
	@exec $(BIN)/daybook demo --port $(PORT)

test: check
	@if command -v node >/dev/null; then set -x; node --test tests/js/*.test.mjs; \
	else echo "Node.js is missing: the JavaScript modules were not tested."; fi
	$(BIN)/python -m pytest -n logical --dist loadfile

check: .venv/.development node_modules/.installed
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@if test -x node_modules/.bin/tsc; then set -x; npm run --silent types; \
	else echo "Node.js is missing: the JavaScript types were not checked."; fi

bench: .venv/.development
	$(BIN)/python -m benchmarks

# The sample network in ./data stays.
clean:
	rm -rf .venv node_modules build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(wildcard $(CHECKED)) -name __pycache__ -type d -prune -exec rm -rf {} +

# Run this after a change to requirements.in or requirements-dev.in, with UPGRADE=--upgrade to take newer releases.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(UPGRADE)
lock: .venv/.development
	$(LOCK) --output-file requirements.txt requirements.in
	$(LOCK) --output-file requirements-dev.txt requirements-dev.in

# Each file below is a stamp. The two for requirements hold a copy of what was installed, so that only a change of
# content, not of date, costs a call of pip. The interpreter is found by starting it, as a name on PATH may be hollow.
.venv/bin/python:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python; do \
		if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making .venv with $$($$python --version)"; exec $$python -m venv --clear .venv; \
		fi; \
	done; \
	echo "Daybook needs Python 3.11 or newer with its venv module (Debian: apt-get install python3-venv)." >&2; exit 1

.venv/.runtime: requirements.txt .venv/bin/python
	@if cmp -s requirements.txt $@; then touch $@; else \
		echo "Installing what Daybook needs to run"; \
		$(PIP) install --require-hashes -r requirements.txt && cp requirements.txt $@; fi

.venv/.development: requirements-dev.txt .venv/.project
	@if cmp -s requirements-dev.txt $@; then touch $@; else \
		echo "Installing what the tests and checks need"; \
		$(PIP) install --require-hashes -r requirements-dev.txt && cp requirements-dev.txt $@; fi

# The project itself, editable; its build backend is among the requirements, so nothing is fetched.
.venv/.project: pyproject.toml requirements.in .venv/.runtime
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable . && touch $@

node_modules/.installed: package-lock.json
	@if command -v npm >/dev/null; then npm ci --no-audit --no-fund && touch $@; \
	elif test "$$CI" = true; then echo "Node.js is missing (Debian: apt-get install nodejs npm)." >&2; exit 1; fi
