# What is done by hand, each in one command. `.ci/run` says what CI runs.
PYTHON ?= python3

.PHONY: help setup test test-all lint format docs training ci

help:  ## what there is to make
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile

setup:  ## the environment .venv, with all extras and what the tests need
	$(PYTHON) -m venv --upgrade-deps .venv
	.venv/bin/pip install --editable ".[all]" --group dev

test:  ## the quick tests
	.venv/bin/pytest -m "not slow"

test-all:  ## all tests, two at a time
	.venv/bin/pytest -n 2 --dist worksteal

lint:  ## style and types
	.ci/lint

format:  ## style, mended
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

docs:  ## the site, in site/
	.venv/bin/pip install --quiet --group docs
	.venv/bin/mkdocs build --strict

training:  ## the tests and types of the recogniser's recipe, which need torch
	.venv/bin/pip install --quiet --group training
	OMP_NUM_THREADS=1 .venv/bin/pytest -n 2 --dist worksteal training/tests
	.venv/bin/mypy training

ci:  ## all that CI runs; installs Debian's packages that are missing
	.ci/run
