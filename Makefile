# The two commands: `make serve` and `make test`. Each makes the environments and builds the models first, where missing.

.PHONY: help serve test test-fast setup setup-test lock train train-ranker openapi bench wechat-demo clean

help:
	@echo 'make serve      set up what is missing and start the service on http://127.0.0.1:8000'
	@echo 'make test       every check and test, the browser and the three processes included'
	@echo 'make test-fast  lint, types and the tests that need neither model nor Rasa, in under two minutes'
	@echo 'make bench      measure answers, chat, embedding, start-up and memory'
	@echo 'make wechat-demo  a page on which one writes to the official account as a follower would'
	@echo 'make train      train the Rasa model again'
	@echo 'make train-ranker  learn ranking, refusal and answer spans again from $$(SHARED), ../shared by default'
	@echo 'make openapi    write docs/openapi.json anew'
	@echo 'make lock       resolve and pin every dependency anew'
	@echo 'make clean      remove environments and caches; var/ (documents, requests) stays'

setup:
	@scripts/setup.sh serve

setup-test:
	@scripts/setup.sh test

serve: setup
	@exec .venv/bin/policydesk serve

test: setup-test
	@scripts/test.sh all

test-fast: setup-test
	@scripts/test.sh fast

bench: setup-test
	@exec .venv/bin/python -m bench

wechat-demo: setup-test
	@.venv/bin/python -m tests.wechat_demo

train: setup
	@exec .venv/bin/python -m api.serve.prepare --train

SHARED ?= ../shared
train-ranker: setup-test
	PYTHONPATH=. .venv/bin/python scripts/train_ranker.py $(SHARED) --work var/training
	PYTHONPATH=. .venv/bin/python scripts/train_spans.py $(SHARED) --work var/training
	PYTHONPATH=. .venv/bin/python scripts/write_figures.py

openapi: setup
	@.venv/bin/python -m api.openapi >docs/openapi.json

lock:
	@scripts/lock.sh

clean:
	rm -rf .venv .venv-rasa .rasa build .mypy_cache .pytest_cache .ruff_cache .hypothesis bench/results *.egg-info
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
