# Everything one does with Pasok. `make help` lists it.

.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
HOST ?= 127.0.0.1
export PORT HOST

LANGUAGES := $(wildcard translations/*/LC_MESSAGES/*.po)
CATALOGUES := $(LANGUAGES:.po=.mo)
EXTRACT := $(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext -k lazy_pgettext:1c,2 \
	--ignore-dirs='.* node_modules var tests' --add-location=file --no-wrap --sort-by-file --project=Pasok
UPDATE := --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap -d translations

.PHONY: help run test check bench evaluate demo-reset lock format messages clean setup chromium \
	check-python check-templates check-migrations check-messages check-locks check-lengths

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## set everything up and run Pasok (PORT=8000 HOST=127.0.0.1); Ctrl-C stops it
	@exec $(BIN)/python -m server

test: setup chromium ## every test, browser journeys included
	$(BIN)/pytest -n 2 --dist loadgroup

check: setup check-python check-templates check-migrations check-messages check-locks check-lengths ## format, lint, types, import contracts, templates, migrations, messages
	@echo "All checks passed."

bench: setup ## measure against raw PostgreSQL and raw Meilisearch
	$(BIN)/python -m bench

evaluate: setup ## how well judged queries find the demo's goods, beside an unconfigured Meilisearch and PostgreSQL
	@$(BIN)/python -m server.temporary sh -c \
		'$(BIN)/flask db upgrade && DEMO=1 $(BIN)/flask demo load && $(BIN)/flask search evaluate --check'

demo-reset: setup ## empty and reload the demo
	@$(BIN)/flask db upgrade
	@$(BIN)/flask demo reset

format: setup ## put Python and templates in their one format
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	$(BIN)/djlint --reformat --quiet templates

messages: setup ## collect texts for translation, update and compile the catalogues
	@mkdir -p translations
	$(EXTRACT) -o translations/messages.pot .
	@test -d translations/en || $(BIN)/pybabel -q init --no-wrap -l en -i translations/messages.pot -d translations
	$(BIN)/pybabel -q update $(UPDATE) -i translations/messages.pot
	$(BIN)/pybabel compile --statistics -d translations

lock: setup ## pin the newest allowed packages, with hashes and without download addresses
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --output-file requirements.lock requirements.in
	npm update --package-lock-only --omit-lockfile-registry-resolved

clean: ## remove what set-up and builds have made; var/, where the data is, stays
	rm -rf .venv node_modules static/build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -f $(CATALOGUES)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up, done again when a lock file changes

setup: .venv/.installed node_modules/.installed $(CATALOGUES)

.venv/.installed: requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "Pasok needs Python 3.11 or newer, and there is no $(PYTHON)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Pasok needs Python 3.11 or newer; $(PYTHON) is older. Name another: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@test -w . || { echo "Pasok cannot be set up here: $(CURDIR) cannot be written." >&2; exit 1; }
	@echo "Installing the Python packages (a few minutes the first time) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

node_modules/.installed: package-lock.json package.json
	@command -v npm >/dev/null || { echo "Pasok needs Node 18 or newer with npm, and there is no npm; on Debian: apt-get install nodejs npm" >&2; exit 1; }
	@node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || { echo "Pasok needs Node 18 or newer." >&2; exit 1; }
	@test -w . || { echo "Pasok cannot be set up here: $(CURDIR) cannot be written." >&2; exit 1; }
	@echo "Installing the npm packages ..."
	@npm ci --silent --no-audit --no-fund
	@touch $@

%.mo: %.po .venv/.installed
	@$(BIN)/pybabel -q compile -i $< -o $@

chromium:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser journeys ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else \
		echo "The browser journeys need Chromium, and there is none on PATH; on Debian: sudo apt-get install chromium" >&2; exit 1; \
	fi

# The parts of `make check`

check-python: setup
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check-templates: setup
	$(BIN)/djlint --check templates
	$(BIN)/djlint --lint templates

check-migrations: setup
	$(BIN)/python -m server.temporary sh -c '$(BIN)/flask db upgrade && $(BIN)/flask db check'

check-messages: setup
	@pot=$$(mktemp) && trap 'rm -f "$$pot"' EXIT && $(EXTRACT) -o "$$pot" . && \
		$(BIN)/pybabel -q update --check $(UPDATE) -i "$$pot" 2>/dev/null || \
		{ echo "The catalogues lack texts of the interface, or have too many: run make messages." >&2; exit 1; }
	@! $(BIN)/pybabel compile --statistics -d translations 2>&1 | grep ' translated in ' | grep -v '(100%)' || \
		{ echo "Some texts are not translated yet." >&2; exit 1; }

check-locks:
	@! grep -nE '^-|@ |https?://' requirements.lock /dev/null || { echo "requirements.lock names a download address." >&2; exit 1; }
	@! grep -nE '"resolved"|"git\+' package-lock.json || { echo "package-lock.json names a download address." >&2; exit 1; }

check-lengths:
	@find . \( -name node_modules -o -name .venv -o -name var -o -name migrations -o -name build -o -name '.*_cache' \) -prune -o \
		-type f \( -name '*.py' -o -name '*.html' -o -name '*.js' -o -name '*.css' \) -print | \
		while read -r file; do lines=$$(wc -l < "$$file"); [ "$$lines" -le 400 ] || echo "$$file has $$lines lines, more than 400"; done | \
		{ ! grep . >&2; }
