# Everything here works on a fresh machine with Python 3.11+, git and make; `make setup` brings the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FAULTS ?=
# CI installs what the lock names; everybody else what pyproject.toml allows.
LOCK := $(if $(CI),-c requirements-ci.lock)
# One more than the two cores of CI: most tests wait for answers half of their time.
WORKERS ?= 3
# tests/conftest.py says which tests go together, and which come first.
SHARED := -n $(WORKERS) --no-loadscope-reorder

.PHONY: setup browser demo test test-slow lint lock docs matrix bench clean

setup: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml requirements-ci.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(LOCK) -e '.[testbed]'
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(LOCK) -e '.[testbed,dev]'
	touch $@

browser: $(VENV)/.installed
	@BIN=$(BIN) tools/install-browser

demo: browser
	@$(BIN)/launchready doctor > /dev/null  # compiles the rules that know secrets, so that the first audit does not
	$(BIN)/launchready demo --faults '$(FAULTS)'

test: browser $(VENV)/.dev
	$(BIN)/python -m pytest -m 'not slow' $(SHARED)

# What measures the pace of a login has the machine nearly to itself: it mostly waits.
test-slow: browser $(VENV)/.dev
	tools/install-servers
	$(BIN)/python -m pytest -m 'slow and not alone' $(SHARED) --ignore tests/limits
	$(BIN)/python -m pytest -m slow -n 2 --no-loadscope-reorder tests/limits
	$(BIN)/python -m pytest -m 'slow and alone' tests/matrix

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate_docs.py --check

lock: $(VENV)/.dev
	{ echo "# What CI installs, so that a red build is about our change. Renew with: make lock"; \
	  $(BIN)/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9_.-]+=='; } > requirements-ci.lock

docs: $(VENV)/.dev
	$(BIN)/python tools/generate_docs.py

matrix: browser $(VENV)/.dev
	$(BIN)/python tools/matrix.py

bench: browser $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[testbed,dev,bench]'
	for each in bench/*.py; do $(BIN)/python $$each || exit 1; done

clean:
	rm -rf $(VENV) report.html report.json .launchready .pytest_cache .mypy_cache .ruff_cache
