# Everything runs from here; `make demo` and `make test` need Python 3.11+ and make, nothing else.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# Bytecode is kept, whatever the machine says: to compile the tests takes longer than to load them.
export PYTHONDONTWRITEBYTECODE :=
DEMO := NEWSROOM_DEMO=1 NEWSROOM_VAR=var/demo

.PHONY: help setup demo test lint fmt lock bench audit messages clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    set up, load the demo newsroom, serve it on 127.0.0.1:$(PORT)"
	@echo "make test    set up, run the tests on SQLite and, where it answers, PostgreSQL"
	@echo "make lint    style, imports, migrations"
	@echo "make fmt     format the code"
	@echo "make messages bring the translations in locale/ up to the source, say what is missing"
	@echo "make lock    compile the requirement files from pyproject.toml"
	@echo "make bench   measure, as ratios against a baseline of the same run"
	@echo "make audit   hold the readers' pages of the demo against what they promise (Chromium; Node for two parts)"

setup: $(VENV)/.installed

$(VENV)/.installed: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Newsroom needs Python 3.11 or newer; '$(PYTHON)' is older. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Extras stay in the locks: without them pip looks for the newest release of what another package asks for with one.
lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header $(UPGRADE) pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header $(UPGRADE) pyproject.toml --extra dev --extra postgres --extra redis --extra s3 -c requirements.txt -o requirements-dev.txt

# The worker stands beside the server, whose process the shell becomes, and goes when that is gone.
demo: setup
	@$(DEMO) $(PY) manage.py migrate --verbosity 0
	@$(DEMO) $(PY) manage.py collectstatic --noinput --verbosity 0
	@$(DEMO) NEWSROOM_URL=http://127.0.0.1:$(PORT) $(PY) manage.py load_demo
	@echo "Serving on http://127.0.0.1:$(PORT)/ and http://127.0.0.1:$(PORT)/admin/ (stop with Ctrl-C)"
	@export $(DEMO) NEWSROOM_URL=http://127.0.0.1:$(PORT) MALLOC_ARENA_MAX=1; \
		( $(PY) manage.py db_worker --no-startup-delay --verbosity 0 & \
			while kill -0 $$$$ 2>/dev/null; do sleep 1; done; kill $$! 2>/dev/null ) & \
		exec $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 2 --blocking-threads 4 \
			--workers-kill-timeout 3 --log-level warning newsroom.wsgi:application

test: setup
	$(PY) -m pytest --numprocesses 2 --dist worksteal $(ARGS)
	$(PY) -m tests.on_postgres --numprocesses 2 --dist worksteal

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@git ls-files -z -- '*.html' | xargs -0 -r $(BIN)/djade --check --target-version 5.2
	$(BIN)/lint-imports
	DEBUG=1 $(PY) manage.py makemigrations --check --dry-run

fmt: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@git ls-files -z -- '*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2

messages: setup
	@DEBUG=1 $(PY) manage.py messages --list

bench: setup
	$(PY) -m bench $(ARGS)

audit: setup
	$(PY) -m bench.audit $(ARGS)

clean:
	rm -rf $(VENV) var
