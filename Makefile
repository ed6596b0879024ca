# `make` lists the targets. What a target does is in Scripts/, in plain bash.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help deps proto page screenshot build run test test-unit test-data chaos-embedded lint format docs bench clean \
	fresh-check generate-logs run-ingestor run-processor run-query up down test-integration load

help: ## This list
	@awk -F ':.*## ' '/^[a-z -]+:.*## / { n = split($$1, names, " "); for (i = 1; i <= n; i++) printf "  make %-17s %s\n", names[i], $$2 }' $(MAKEFILE_LIST)

deps: ## Install the Debian packages that building, running and testing need (says which; SKIP_DEPS=1 skips it)
	@Scripts/deps.sh test

proto: ## Regenerate what is generated from Protos/ (needs make deps)
	@Scripts/proto.sh

page: ## Put the web page of Sources/Adapters/REST/Page into the file that is compiled in (needs Python 3)
	@Scripts/page.sh

screenshot: ## Take the README's picture of the page anew
	@Scripts/deps.sh test
	@Scripts/screenshot.sh

build: ## Build the programs, optimised: .build/release/cordwood and the others
	@Scripts/deps.sh build
	@Scripts/build.sh

# At a terminal in a process group of its own (bash -m), so that Ctrl-C stops the server and is no error to make.
run: ## Start everything in one process, feed the sample logs, and say what to try; Ctrl-C ends it
	@Scripts/deps.sh run
	@Scripts/build.sh cordwood cordwood-agent
	@if [ -t 0 ]; then bash -m -c 'Scripts/run.sh; exit $$?'; else Scripts/run.sh; fi

test: ## Run all tests
	@Scripts/deps.sh test
	@Scripts/test.sh all

test-unit: ## Run the tests that need no service beside them
	@Scripts/deps.sh build
	@Scripts/test.sh unit

test-data: ## Check the real logs of a folder end to end: make test-data DATA=folder
	@test -n "$(DATA)" || { echo 'error: which folder? make test-data DATA=folder' >&2; exit 1; }
	@Scripts/deps.sh test
	@Scripts/build.sh cordwood cordwood-agent
	@Scripts/test-data.sh "$(DATA)"

chaos-embedded: ## Kill server and agent 50 times while 300,000 lines are written, and keep account (SEED= EVENTS= ROUNDS=)
	@Scripts/deps.sh test
	@Scripts/build.sh cordwood cordwood-agent
	@Scripts/chaos.sh $(if $(SEED),--seed $(SEED)) $(if $(EVENTS),--events $(EVENTS)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(ARGS)

lint: ## Check format, imports, architecture, scripts, and that nothing generated is stale
	@Scripts/deps.sh test
	@Scripts/lint.sh

format: ## Format the Swift sources in place
	swift format --in-place --recursive Sources Tests

docs: ## Write docs/configuration.md and docs/metrics.md from the programs' own tables
	@Scripts/deps.sh build
	@Scripts/docs.sh

bench: ## Measure throughput, latency, memory and disk; prints a table
	@Scripts/deps.sh build
	@Scripts/build.sh cordwood cordwood-agent
	@CORDWOOD_BENCH=1 swift build --configuration release --product cordwood-bench --scratch-path .build/bench
	@.build/bench/release/cordwood-bench measure $(ARGS)

generate-logs: ## Send made-up logs of tenant-1 to the running server (more words for it: ARGS='--rate 1000')
	@Scripts/deps.sh build
	@Scripts/build.sh cordwood-agent
	@.build/release/cordwood-agent generate --tenant tenant-1 $(ARGS)

clean: ## Remove what was built; your data stays
	rm -rf .build

fresh-check: ## Run make test and make run in a bare Debian 12 (needs root and debootstrap; SWIFT=toolchain's folder)
	@Scripts/fresh-check.sh $(SWIFT)

run-ingestor: ## Take events in, on Kafka, Redis and S3 (flags: ARGS=; settings: docs/configuration.md)
	@Scripts/deps.sh build
	@Scripts/build.sh cordwood-ingestor
	@Scripts/run-service.sh ingestor $(ARGS)

run-processor: ## Pack the log in Kafka into chunks (a second one: ARGS='--grpc-port 0 --metrics-port 0')
	@Scripts/deps.sh build
	@Scripts/build.sh cordwood-processor
	@Scripts/run-service.sh processor $(ARGS)

run-query: ## Answer queries over HTTP, on Kafka, Redis and S3
	@Scripts/deps.sh build
	@Scripts/build.sh cordwood-query
	@Scripts/run-service.sh query $(ARGS)

test-integration: ## Run the distributed system end to end on real Kafka, Redis and S3 (says what to set)
	@Scripts/deps.sh test
	@Scripts/build.sh
	@Scripts/test-integration.sh $(ARGS)

up down: ## Later: the demo's Kafka, Redis, MinIO, Prometheus and Grafana in containers
	@echo 'error: make $@ is not built yet: it comes with the containers. Tests/Services/services.sh up starts Kafka, Redis and S3 without them' >&2; exit 1

load: ## Later: the load test of the distributed services
	@echo 'error: make $@ is not built yet: it comes later. make bench measures the single process' >&2; exit 1
