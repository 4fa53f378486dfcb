# Short commands. JDK 25 and Maven's flags are found by scripts/jdk, so JAVA_HOME need not be set.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MVN = . scripts/jdk && mvn --batch-mode --no-transfer-progress

.PHONY: help build test campaign reruns duplicates check fuzz bench format clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build ./dray's files without running tests
	$(MVN) -DskipTests package

# All tests, those of a module, or those of some classes. What an upstream module has is compiled, not run.
ONLY = $(if $(TEST),$(TEST),$(if $(MODULE),dev/dray/$(MODULE:dray-%=%)/**/*Test))
SELECTED = $(if $(MODULE),-pl $(MODULE) -am) $(if $(ONLY),-Dtest='$(ONLY)' -Dsurefire.failIfNoSpecifiedTests=false)

test: ## run the tests, or some: make test [MODULE=dray-client] [TEST=PusherTest#method] [SEED=17]; those whose client is missing are skipped by name
	$(call reported,$(SELECTED) $(if $(SEED),-Ddray.seed=$(SEED)) $(if $(MODULE:dray-acceptance=),test,verify))

# How much of the tests that draw their cases from a seed a campaign runs; a build runs a share of them.
ROUNDS_OF_A_CAMPAIGN = -Ddray.kills=40 -Ddray.errors=20 -Ddray.kill-nine.rounds=20 -Ddray.crash.rounds=200 -Ddray.bits=1000 -Djunit.jupiter.execution.timeout.default=2h

campaign: ## run what a build has no time for: tests tagged campaign, large or share, with many rounds; at most three hours for each module
	$(call reported,$(SELECTED) -Dtest.tags=campaign$(comma)large$(comma)share -Dtest.tags.excluded= -Dsurefire.timeout=10800 $(ROUNDS_OF_A_CAMPAIGN) $(if $(SEED),-Ddray.seed=$(SEED)) verify)

reruns: ## run the tests of registry and engine over a catalog that rolls each change back once and runs it again; those of the store always are
	$(call reported,-pl dray-registry$(comma)dray-engine -am -Ddray.catalog.rerun=true -Dtest='dev/dray/registry/**/*Test$(comma)dev/dray/engine/**/*Test' -Dsurefire.failIfNoSpecifiedTests=false test)

# Runs Maven, then says what was slow, what was skipped and why, and where the output of a failed test lies.
comma = ,
reported = mkdir -p target && touch target/tests-began; $(MVN) $(1); status=$$?; scripts/test-report $(MODULE); exit $$status

fuzz: ## run one fuzzer for ten seconds or more: make fuzz MODULE=dray-model TEST=ModelFuzzTest#digestsComeBackOrAreRefused
	JAZZER_FUZZ=1 $(SHELL) -c '. scripts/jdk && mvn --batch-mode --no-transfer-progress -pl $(MODULE) -am test -Dtest=$(TEST) -Dsurefire.failIfNoSpecifiedTests=false'

check: ## compile with all checks, without tests
	$(MVN) test-compile

duplicates: ## count repeated code of 100 tokens and more, tests included, with PMD's CPD
	@$(MVN) -q pmd:aggregate-cpd && scripts/duplicates target/cpd.xml

bench: ## run benchmarks beside installed peers: make bench [WHAT="registry memory sizes startup layers pull nightly rebuild disk adopt"] [ROUNDS=5] [LAYER=FILE.tar] [NIGHTS=DIR]
	$(MVN) -q -Pbench -pl dray-benchmark -am -DskipTests $(if $(WHAT),-Ddray.bench.what="$(WHAT)") $(if $(ROUNDS),-Ddray.bench.rounds=$(ROUNDS)) $(if $(LAYER),-Ddray.bench.layer="$(abspath $(LAYER))") $(if $(NIGHTS),-Ddray.bench.nights="$(abspath $(NIGHTS))") verify

format: ## format the sources
	$(MVN) spotless:apply

clean: ## remove what was built
	$(MVN) clean
