# Two commands on a fresh Debian 12: `make audit` and `make test`. Each installs what it lacks.
JOBS ?= $(shell nproc)
SLUICE = build/sluice

.PHONY: help audit test moto build setup setup-test bench differential fuzz tidy tsan train format pictures clean
help:
	@echo "make audit    build, then audit this repository: history, configuration, .env"
	@echo "make test     build with sanitizers and run every test"
	@echo "make moto     read secrets from moto, a second stand-in for AWS, which pip brings"
	@echo "make build    leave the program at build/sluice"
	@echo "make bench    compare with plain git, in one run"
	@echo "make differential  hold readers, merge and ignore rules against others, on 100,000 cases each"
	@echo "make fuzz     fuzz every reader for a minute each"
	@echo "make tsan     the tests under the thread sanitizer"
	@echo "make tidy     clang-tidy"
	@echo "make train    train src/judge/model.bin from CREDDATA=folder (docs/detection.md)"

setup:
	@tools/setup build

setup-test:
	@tools/setup test

build: setup
	@cmake --preset release -Wno-dev >/dev/null
	@cmake --build build/release -j$(JOBS) --target sluice
	@cmake -E copy build/release/src/sluice $(SLUICE)

audit: build
	@$(SLUICE) history && $(SLUICE) check

test: setup-test
	@cmake --preset dev -Wno-dev >/dev/null
	@cmake --build build/dev -j$(JOBS)
	@ctest --test-dir build/dev --output-on-failure -j$(JOBS)

build/moto/bin/moto_server: | setup-test
	@python3 -m venv build/moto
	@build/moto/bin/pip install -q "moto[server]"

moto: setup-test build/moto/bin/moto_server
	@cmake --preset dev -Wno-dev >/dev/null
	@cmake --build build/dev -j$(JOBS) --target sluice
	@MOTO_SERVER=build/moto/bin/moto_server SLUICE=build/dev/src/sluice \
	  /usr/bin/python3 -m pytest -q -rs -p no:cacheprovider -k moto tests/app/test_aws_secrets.py tests/app/test_doctor_environment.py

# The long form of tests that hold sluice against git, PyYAML, ruamel.yaml, js-yaml, tomllib, configparser,
# python-dotenv and python-jsonschema. What a part of them needs is installed only here; `make test` skips that part.
DIFFERENTIAL ?= 100000
differential:
	@tools/setup differential
	@cmake --preset dev -Wno-dev >/dev/null
	@cmake --build build/dev -j$(JOBS) --target git_test document_test config_test schema_test
	@SLUICE_DIFFERENTIAL=$(DIFFERENTIAL) build/dev/tests/git_test --gtest_filter='Ignore.Equals*'
	@SLUICE_DIFFERENTIAL=$(DIFFERENTIAL) build/dev/tests/document_test --gtest_filter='*Agrees*'
	@SLUICE_DIFFERENTIAL=$(DIFFERENTIAL) build/dev/tests/config_test --gtest_filter='Merge.Agrees*'
	@SLUICE_DIFFERENTIAL=$(DIFFERENTIAL) build/dev/tests/schema_test --gtest_filter='*Agrees*'

tsan: setup-test
	@cmake --preset tsan -Wno-dev >/dev/null
	@cmake --build build/tsan -j$(JOBS)
	@ctest --test-dir build/tsan --output-on-failure -j$(JOBS)

# A minute for each reader; a crash leaves its input in build/fuzz.
FUZZ_SECONDS ?= 60
fuzz:
	@tools/setup fuzz
	@cmake --preset fuzz -Wno-dev >/dev/null
	@cmake --build build/fuzz -j$(JOBS)
	@cd build/fuzz && for target in fuzz/*_fuzzer; do \
	  reader=$$(basename $$target _fuzzer); mkdir -p found/$$reader; \
	  echo "== $$reader"; \
	  $$target -max_total_time=$(FUZZ_SECONDS) -print_final_stats=0 -verbosity=0 found/$$reader $(CURDIR)/fuzz/corpus/$$reader || exit 1; \
	done

# From a folder as CredData's own downloader leaves it; the same file whenever the same versions are used.
train: setup
	@test -d "$(CREDDATA)/meta" || { echo "make train CREDDATA=folder, with data/ and meta/ in it"; exit 2; }
	@cmake --preset release -Wno-dev >/dev/null
	@cmake --build build/release -j$(JOBS) --target detection_rows
	@python3 -m venv build/venv && build/venv/bin/pip install -q -r train/requirements.txt
	@build/venv/bin/python -W ignore train/train.py --creddata "$(CREDDATA)"

pictures: build
	@tools/pictures

bench: build
	@tools/setup bench
	@bench/compare

tidy:
	@tools/setup tidy
	@cmake --preset tidy -Wno-dev >/dev/null
	@cmake --build build/tidy -j$(JOBS)

clean:
	@cmake -E rm -rf build
