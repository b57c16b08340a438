# Verbs for people who work on kgc. `make demo` and `make test` need nothing but Python 3.11+, make and a network.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WEB := hatch_build.py kgc/view/web/package-lock.json $(wildcard kgc/view/web/src/*)
LOCK := constraints.txt
APT := $(if $(filter 0,$(shell id -u)),apt-get,sudo apt-get)

.PHONY: help demo test check fix bench prove install servers browser lock clean

help:  ## Say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

install: $(STAMP)  ## Install kgc and what its tests need into .venv

$(STAMP): pyproject.toml $(LOCK) models/kgc-model-en/pyproject.toml models/kgc-model-zh/pyproject.toml $(WEB)
	@echo "Installing kgc and what its tests need into $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { $(APT) update -qq && $(APT) install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.13"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint $(LOCK) \
		-e models/kgc-model-en -e models/kgc-model-zh -e '.[dev]'
	@touch $@

demo: $(STAMP)  ## Ingest the examples with the built-in model and look at what was found
	@$(BIN)/kgc ingest examples/documents -w .work/demo || [ $$? -eq 3 ]
	@for q in "MATCH (p:Person)-[r:LEADER_OF]->(o:Organization) RETURN p.name, o.name, r.quote LIMIT 5" \
		"MATCH (o:Organization)-[r:BASED_IN]->(l:Location) RETURN o.name, l.name LIMIT 5"; do \
		echo; echo "  kgc query -w .work/demo \"$$q\""; $(BIN)/kgc query -w .work/demo "$$q"; done
	@echo; echo "Look at one thing:    $(BIN)/kgc show -w .work/demo \"Halvorsen Battery Corporation\""
	@echo "Find a passage:       $(BIN)/kgc search -w .work/demo battery"
	@echo "Browse the graph:     $(BIN)/kgc browse -w .work/demo"

test: $(STAMP) servers browser  ## Run all tests, with real Neo4j and Fuseki servers and a real browser
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(STAMP)  ## Format, lint, types, import contracts, wheel contents
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports
	rm -rf dist && $(BIN)/uv build --quiet --wheel --python $(BIN)/python --out-dir dist .
	$(BIN)/check-wheel-contents dist

fix: $(STAMP)  ## Put format and imports right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP)  ## Print tables of measured speed (minutes)
	$(BIN)/python bench/run.py

prove: test  ## What takes longer than a test run may: the storms and the big corpora
	$(BIN)/python -m pytest -n 2 --dist loadgroup --run-slow

# What the tests start: installed by the system's packages where it is missing.

FUSEKI := 5.6.0
FUSEKI_JAR := .work/fuseki/jena-fuseki-server-$(FUSEKI).jar

servers: .work/neo4j/lib/.complete $(FUSEKI_JAR)  ## Fetch the Neo4j and Fuseki servers for the tests

.work/neo4j/lib/.complete: tests/servers/neo4j-pom.xml
	command -v java >/dev/null && command -v mvn >/dev/null || { \
		$(APT) update -qq && $(APT) install -y -qq openjdk-17-jre-headless maven; }
	mkdir -p .work/neo4j/lib
	mvn -q -B -ntp -f tests/servers/neo4j-pom.xml dependency:copy-dependencies -DincludeScope=runtime \
		-DoutputDirectory=$(CURDIR)/.work/neo4j/lib
	@touch $@

$(FUSEKI_JAR): | .work/neo4j/lib/.complete
	mkdir -p $(@D)
	mvn -q -B -ntp dependency:copy -Dartifact=org.apache.jena:jena-fuseki-server:$(FUSEKI) \
		-DoutputDirectory=$(CURDIR)/$(@D)

browser:  ## Install Chromium for the tests
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
		$(APT) update -qq && $(APT) install -y -qq chromium; }

lock:  ## Pin every version anew in constraints.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url --no-annotate \
		--no-emit-package kgc-model-en --no-emit-package kgc-model-zh --no-emit-package kgc-toolkit \
		--extra dev --upgrade pyproject.toml -o $(LOCK)

clean:  ## Remove what was built
	rm -rf $(VENV) dist build .work .mypy_cache .ruff_cache .pytest_cache .hypothesis
