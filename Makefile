# Short commands. JDK 25 and Maven's flags are found by scripts/jdk, so JAVA_HOME need not be set.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MVN = . scripts/jdk && mvn --batch-mode --no-transfer-progress

.PHONY: help build test check fuzz bench sentinel format clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build ./dray's files without running tests
	$(MVN) -DskipTests package

test: ## run every test; those whose client is missing are skipped by name
	$(MVN) verify

fuzz: ## run one fuzzer for ten seconds or more: make fuzz MODULE=dray-model TEST=ModelFuzzTest#digestsComeBackOrAreRefused
	JAZZER_FUZZ=1 $(SHELL) -c '. scripts/jdk && mvn --batch-mode --no-transfer-progress -pl $(MODULE) -am test -Dtest=$(TEST) -Dsurefire.failIfNoSpecifiedTests=false'

check: ## compile with all checks, without tests
	$(MVN) test-compile

bench: ## run benchmarks beside installed peers: make bench [WHAT="registry memory sizes startup layers pull nightly rebuild disk adopt"] [ROUNDS=5] [LAYER=FILE.tar] [NIGHTS=DIR]
	$(MVN) -q -Pbench -pl dray-benchmark -am -DskipTests $(if $(WHAT),-Ddray.bench.what="$(WHAT)") $(if $(ROUNDS),-Ddray.bench.rounds=$(ROUNDS)) $(if $(LAYER),-Ddray.bench.layer="$(abspath $(LAYER))") $(if $(NIGHTS),-Ddray.bench.nights="$(abspath $(NIGHTS))") verify

sentinel: ## ask the newest release of each encoder whether its bytes are still made: make sentinel [TAR=FILE.tar]
	$(MVN) -q -DskipTests package -pl dray-cli -am
	dray-acceptance/src/census/sentinel $(if $(TAR),--tar "$(abspath $(TAR))")

format: ## format the sources
	$(MVN) spotless:apply

clean: ## remove what was built
	$(MVN) clean
