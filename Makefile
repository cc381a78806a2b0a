# What one does here. `make chat` and `make test` need Python 3.11 with venv, and make; nothing else.
.PHONY: help install chat run lint test check torture coverage bench bench-server pictures lock clean
.DEFAULT_GOAL := help

PYTHON ?= python3
TEVO := .venv/bin/tevo

help: ## Cette aide
	@grep -E '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "make %-12s %s\n", $$1, $$2}'

install: .venv/installed ## Installe l'assistant dans .venv
	@echo "C'est installé. Pour appeler « tevo » dans ce terminal : . .venv/bin/activate   (sans cela : .venv/bin/tevo)"

chat: .venv/installed ## Parler à l'assistant dans ce terminal, sans compte ni serveur
	@$(TEVO) chat

run: .venv/installed ## Servir Telegram (réglages : .env.example)
	@$(TEVO) run

check: .venv/installed ## Vérifier le contenu
	@$(TEVO) check

lint: .venv/tested ## Style, types, frontières entre modules
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

test: lint ## Style, types, frontières et tous les tests
	.venv/bin/pytest --numprocesses auto --dist worksteal

SCALE ?= 1
torture: .venv/tested ## Tue, coupe, inonde, et compte ce qui manque ; écrit docs/reliability.md (SCALE=3 : plus long)
	.venv/bin/python -m tests.torture --scale $(SCALE) --write

coverage: .venv/tested ## Les branches que les tests parcourent, module par module
	$(PIP) --constraint constraints.txt --group coverage
	rm -rf build/coverage
	-.venv/bin/coverage run -m pytest --numprocesses auto --dist worksteal
	.venv/bin/coverage combine --quiet
	.venv/bin/coverage report --skip-covered --show-missing

bench: .venv/tested ## Qualité et vitesse, mesurées
	$(PIP) --constraint constraints.txt --group bench
	.venv/bin/python -m tests.benchmarks

bench-server: .venv/tested ## Messages par seconde, à côté d'un aiogram nu
	.venv/bin/python -m tests.benchmarks.server

pictures: .venv/tested ## Les images du README, prises des vrais écrans (il faut Chromium)
	.venv/bin/python -m tests.pictures

lock: .venv/tested ## Récrit requirements*.txt : les versions de constraints.txt, avec leurs empreintes
	$(PIP) --constraint constraints.txt --target build/lock pip-tools
	PYTHONPATH=build/lock .venv/bin/python -m piptools compile $(LOCK) --extra postgresql --output-file requirements.txt pyproject.toml
	.venv/bin/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev'], 'pip', sep='\n')" \
		| PYTHONPATH=build/lock .venv/bin/python -m piptools compile $(LOCK) --output-file requirements-dev.txt -
	.venv/bin/python -m tests.licences

LOCK := --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate --no-emit-index-url --no-emit-find-links --constraint constraints.txt

clean: ## Efface ce qui se réinstalle
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Il faut Python 3.11 ou plus récent : sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { rm -rf .venv; echo "Il manque le module venv : sudo apt install python3-venv"; exit 1; }

PIP := .venv/bin/pip install --quiet --disable-pip-version-check

.venv/installed: .venv/bin/python pyproject.toml requirements.txt
	$(PIP) --require-hashes --requirement requirements.txt
	$(PIP) --constraint constraints.txt --no-build-isolation --editable . # nothing more, if `make lock` was run
	@$(TEVO) check
	@$(TEVO) chat --json < /dev/null > /dev/null # learns from the phrases once: later starts are quick
	@touch $@

.venv/tested: .venv/installed requirements-dev.txt
	$(PIP) --require-hashes --requirement requirements-dev.txt
	@touch $@
