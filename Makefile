# Ten-Four. Everything runs from this folder; `.venv` is made on the first call.

PYTHON ?= python3
THEME  ?= raccoon heist at a doughnut shop
ARGS   ?=
BIN     = .venv/bin
UV     := $(shell command -v uv 2>/dev/null)

.PHONY: local test-local bench-season bench-chat bench-edit bench-scale bench-sound bench-voices engines bench-scripts bench-render gallery graph episode test check lint types contracts format lock clean help

help:  ## Say what there is
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 14

episode: .venv/core.done  ## Make an episode: make episode THEME="a goose at the bank"
	$(BIN)/python main.py --theme "$(THEME)" $(ARGS)

# Hash-checked and pinned; uv where it is installed (seconds), pip else (about a minute).
.venv/core.done: locks/core.lock
	$(call install,locks/core.lock)
	@du -sm .venv | awk '{ print "Installed: " $$1 " MB in .venv" }'
	@touch $@

# The tests start hundreds of processes, and not every machine lets Python keep the bytecode that each of them would make.
.venv/test.done: .venv/core.done locks/test.lock
	$(call install,locks/test.lock)
	@$(BIN)/python -m compileall -q -j 2 .venv/lib > .venv/compiled.txt 2>&1 || true
	@touch $@

# Models on this machine, in an environment of their own. torch comes first and by itself, from wherever pip finds it:
# its wheel is another one for each kind of GPU. TORCH may name another version, or options of pip, for that. The lock is
# whole but for torch and what torch brings, so nothing that is not in it may be looked for.
TORCH ?= torch==2.13.0

.venv-local/done: locks/local.lock
	@test -x .venv-local/bin/python || $(PYTHON) -m venv .venv-local
	.venv-local/bin/python -m pip install -q --disable-pip-version-check $(TORCH)
	$(call install_into,.venv-local,--no-deps -r locks/local.lock)
	@du -sm .venv-local | awk '{ print "Installed: " $$1 " MB in .venv-local" }'
	@touch $@

.venv-local/test.done: .venv-local/done locks/test.lock
	$(call install_into,.venv-local,-r locks/test.lock)
	@touch $@

local: .venv-local/done  ## Install Bark, Whisper, MusicGen and text-to-video into .venv-local (see docs/local.md)

test-local: .venv-local/test.done  ## Run the tests of the models on this machine, tiny ones made on the spot
	.venv-local/bin/python -m pytest -n 2 --dist loadgroup tests/local $(ARGS)

ifdef UV
define install
	@test -x $(BIN)/python || uv venv -q --python $(PYTHON) .venv
	uv pip install -q --python $(BIN)/python --require-hashes -r $(1)
endef
define install_into
	uv pip install -q --python $(1)/bin/python --require-hashes $(2)
endef
else
define install
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1)
endef
define install_into
	$(1)/bin/python -m pip install -q --disable-pip-version-check --require-hashes $(2)
endef
endif

test: .venv/test.done  ## Run all tests
	@$(BIN)/python -m compileall -q agents director episodes tests tools main.py
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

lint: .venv/test.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/test.done
	$(BIN)/mypy

contracts: .venv/test.done
	$(BIN)/lint-imports --no-cache

check: lint types contracts test  ## Format, lint, types, import contracts and tests: what CI runs

format: .venv/test.done  ## Format the code and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench-render: .venv/test.done  ## Measure what a second of film costs, and where it goes
	$(BIN)/python -m benchmarks.render $(ARGS)

gallery: .venv/test.done  ## Draw every set, hour and camera as contact sheets into out/gallery
	$(BIN)/python -m benchmarks.gallery $(ARGS)

bench-scripts: .venv/test.done  ## Measure the scripts of fifty themes, three seeds each
	$(BIN)/python -m benchmarks.scripts $(ARGS)

bench-sound: .venv/test.done  ## Measure the sound: band, loudness, voices, captions, sync, memory, score
	$(BIN)/python -m benchmarks.sound $(ARGS)

bench-scale: .venv/test.done  ## Measure how near to the shortest time a production comes, and its memory at 1 and 10 minutes
	$(BIN)/python -m benchmarks.scale $(ARGS)

bench-chaos: .venv/test.done  ## Make twenty episodes over servers that fail in half of all calls
	$(BIN)/python -m benchmarks.chaos $(ARGS)

bench-loopback: .venv/test.done  ## Make an episode out of loopback servers alone, into out/loopback
	rm -rf out/loopback
	$(BIN)/python -m benchmarks.loopback out/loopback $(ARGS)

bench-chat: .venv/test.done  ## Hold a scripted chat of every kind of turn, without and with a model on loopback, into out/chat
	rm -rf out/chat
	$(BIN)/python -m benchmarks.chat out/chat/rules $(ARGS)
	$(BIN)/python -m benchmarks.chat out/chat/model --model $(ARGS)

bench-season: .venv/test.done  ## Make a season, kill it at random three times, and hold it against one that was left alone
	rm -rf out/season
	$(BIN)/python -m benchmarks.season out/season $(ARGS)

bench-edit: .venv/test.done  ## Measure what an edit of one shot costs against a cold assembly
	$(BIN)/python -m benchmarks.edit $(ARGS)

bench-voices: .venv/test.done  ## Measure what is heard of every voice on every channel
	$(BIN)/python -m benchmarks.voices $(ARGS)

ENGINES = flite festival festvox-us-slt-hts festvox-kallpc16k

engines:  ## Install flite and festival, whose voices are better, where that can be done (Debian, as root)
	@if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "Engines: not as root or no apt-get here; espeak-ng speaks alone."; \
	elif (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(ENGINES)) >/dev/null 2>&1; then \
		echo "Engines: $(ENGINES)."; \
	else echo "Engines: apt-get could not install $(ENGINES); espeak-ng speaks alone."; fi

graph: .venv/test.done  ## Draw the graph into docs/architecture.md
	$(BIN)/python -m director.drawing

lock:  ## Pin everything anew (needs uv): one resolution over core, web and test, then its parts
	sh locks/lock.sh

clean:  ## Remove the environments; shows and cache stay
	rm -rf .venv .venv-local
