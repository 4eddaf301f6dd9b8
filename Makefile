# Every recipe a developer uses. VENV names another virtual environment than .venv.
VENV ?= .venv
export VENV
.DEFAULT_GOAL := help
.PHONY: help start test check fix lock admin images bench pagesize lighthouse themes evaluate restore-test prod-test looks chaos kills knee junk abuses sbom audit

help: ## Show these recipes
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile

start: ## Install, load the record and serve on http://127.0.0.1:8000/ (PORT=8001: elsewhere)
	@tools/start.sh

test: ## Every test: SQLite, PostgreSQL, Chromium (ARGS="-k words": some)
	@tools/test.sh $(ARGS)

check: ## Linters, import contracts, migrations, the record, the locks
	@tools/check.sh

fix: ## Let the linter and the formatter put right what they can
	@tools/environment.sh development
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

lock: ## Lock requirements*.in with hashes
	@tools/lock.sh

admin: ## Invite an administrator: prints a link to choose a password at (NAME=you)
	@tools/environment.sh runtime
	@$(VENV)/bin/python tools/prepare.py
	@$(VENV)/bin/python manage.py invite $(or $(NAME),administrator)

images: ## Screenshots, and sheets of paper: docs/images, every page in var/screens (ARGS: see tools/images.py)
	@tools/environment.sh development
	@$(VENV)/bin/python -m tools.images $(ARGS)

bench: ## Pages, 304s, parts, pictures, nginx against an empty view, with goals; SQLite, PostgreSQL
	@tools/environment.sh runtime
	@$(VENV)/bin/python -m tools.bench
	@$(VENV)/bin/python -m tools.tenfold

pagesize: ## Size, compressed size and queries of the main pages
	@tools/environment.sh runtime
	@$(VENV)/bin/python -m tools.pagesize

lighthouse: ## Lighthouse (mobile), the median of five runs on four pages; needs Node.js
	@tools/environment.sh development
	@$(VENV)/bin/python -m tools.lighthouse

themes: ## Precision and recall of the themes' words; points raised again; needs the printed points
	@tools/environment.sh development
	@$(VENV)/bin/python -m tools.themes

restore-test: ## Write, back up, write, destroy, restore to between; compare rows, links, pictures
	@tools/environment.sh development
	@$(VENV)/bin/python -m pytest tests/operations/test_postgresql_backup.py tests/operations/test_sqlite_backup.py

prod-test: ## The services of docker-compose.yml without containers, and every test of them
	@tools/environment.sh development
	@$(VENV)/bin/python -m pytest -m services

looks: ## Every page wide and narrow, each light and dark, by the rules of accessibility
	@tools/environment.sh development
	@EVERY_LOOK=1 $(VENV)/bin/python -m pytest -m browser tests/browser/test_every_page.py tests/browser/test_staff_pages.py tests/browser/test_people.py

chaos: ## Each fault with readers and a writer going: asked, answered, lost (ARGS="redis_killed": some)
	@tools/environment.sh development
	@$(VENV)/bin/python -m tools.chaos $(ARGS)

kills: ## A hundred migrations, loads and imports killed at random moments (KILLS=30: so many)
	@tools/environment.sh development
	@KILLS=$(or $(KILLS),100) $(VENV)/bin/python -m pytest tests/importers/test_kills.py

knee: ## Raise readers until the site has all it can do, and past that
	@tools/environment.sh runtime
	@$(VENV)/bin/python -m tools.knee

junk: ## 10,000 cases of junk to every route in every parameter, on SQLite and PostgreSQL (CASES=500)
	@tools/environment.sh development
	@CASES=$(or $(CASES),10000) $(VENV)/bin/python -m pytest tests/test_junk.py
	@CASES=$(or $(CASES),10000) $(VENV)/bin/python tools/postgres.py -- $(VENV)/bin/python -m pytest tests/test_junk.py

abuses: ## The tests of each way to hurt the site, on SQLite and on PostgreSQL
	@tools/environment.sh development
	@$(VENV)/bin/python -m pytest $$($(VENV)/bin/python -m tests.abuses)
	@$(VENV)/bin/python tools/postgres.py -- $(VENV)/bin/python -m pytest -m database $$($(VENV)/bin/python -m tests.abuses)

sbom: ## var/sbom.json: every package that is shipped, with hashes and licence (CycloneDX)
	@tools/environment.sh runtime
	@mkdir -p var && $(VENV)/bin/python -m tools.sbom > var/sbom.json && echo var/sbom.json

audit: ## Known weaknesses of what is locked; needs the network
	@tools/environment.sh development
	@$(VENV)/bin/python -m tools.audit $(ARGS)

evaluate: ## The readers on Ofsted's documents in ../shared: right, wrong and refused fields
	@tools/environment.sh runtime
	@$(VENV)/bin/python -m tools.evaluate
