# kubic-init: `make help` lists the targets. Everything is set up by the targets themselves.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := all
MAKEFLAGS += --no-builtin-rules
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

BASE ?= docker.io/library/node:24-bookworm-slim
IMAGE ?= localhost/kubic-init:latest
ifndef ENGINE # one that answers: a docker command without its daemon is none
ENGINE := $(shell for engine in podman docker; do timeout 10 $$engine version >/dev/null 2>&1 && echo $$engine && break; done)
endif

.PHONY: all help setup build image generate format lint typecheck test test-unit test-cluster e2e e2e-full demo demo-down bench mutants verify lab lab-purge clean

all: build ## build the program and, where a container engine is there, the image
	@if [ -n "$(ENGINE)" ]; then $(MAKE) --no-print-directory image; else echo 'no podman or docker here: no image'; fi

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | expand -t 16

node_modules/.installed: package.json package-lock.json
	@echo 'installing npm packages (about 60 s)'
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

setup: node_modules/.installed ## install what building and testing need

SOURCES := $(shell find src schemas init/host -type f) test/tools/build.ts test/tools/pack-chunks.ts test/tools/client-node-by-name.ts
dist/kubic-init: node_modules/.installed $(SOURCES)
	node test/tools/build.ts

build: dist/kubic-init ## bundle the program into dist/kubic-init

image: build ## build the container image (BASE, IMAGE, ENGINE)
	$(if $(ENGINE),,$(error no podman or docker answers here: start one, or name one by ENGINE))$(ENGINE) build --build-arg BASE=$(BASE) --build-arg PROGRAM=prebuilt --tag $(IMAGE) .

generate: setup ## make types, reference docs and embedded files anew
	npm run --silent generate

format: setup ## format and mend what the linter can
	biome check --write .

lint: setup ## lint, check the format, find dead code
	biome check --error-on-warnings .
	knip

typecheck: setup
	tsc --noEmit

test: build test-unit test-cluster ## unit, property, golden, docs and example tests; suites against a real API server

test-unit: build ## the tests that need no API server
	vitest run --project unit

test-cluster: build ## the suites against a real etcd and kube-apiserver
	vitest run --project cluster

e2e: build ## scenarios on real hosts: systemd, containerd, kubeadm
	vitest run --project e2e

e2e-full: build ## the same with more kills at random moments (long; not of CI)
	KUBIC_E2E=full vitest run --project e2e

demo: build ## a whole cluster on this machine: Git server, seeder, two workers, add-ons; leaves it up
	node test/demo/demo.ts up

demo-down: setup ## take the demo down; nothing stays
	node test/demo/demo.ts down

bench: build ## figures as ratios, measured in one run
	node test/bench/bench.ts

mutants: setup ## change sources here and there, and see that a unit test notices (long; not of CI)
	node test/tools/mutants.ts $(MUTANTS)

verify: setup ## generate everything, lint, check types and layers; fails on a dirty tree
	$(MAKE) --no-print-directory generate
	biome check --error-on-warnings .
	knip
	tsc --noEmit
	vitest run --project unit test/layers
	@git diff --exit-code --stat || { echo 'verify: generated files or formatting differ from what is committed'; exit 1; }

lab: setup ## build what the lab's hosts need (cached in ~/.cache/kubic-init)
	test/lab/build

lab-purge: ## end every lab of this machine that nobody uses
	test/lab/lab sweep

clean: ## delete what was built here (not the caches)
	rm -rf dist coverage node_modules
