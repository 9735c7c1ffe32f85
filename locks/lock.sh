#!/bin/sh
# One universal resolution over core, web and test, hash-checked and without any host's name; then the parts of it.
# `local` follows them. It pins neither torch, whose wheel is another one for each kind of processor, nor triton, which
# torch's wheels for NVIDIA bring in the version that fits them: see pyproject.toml and the Makefile.
set -eu
cd "$(dirname "$0")/.."
compile="uv pip compile pyproject.toml -q --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate"
$compile --extra web --extra test -o requirements.lock
$compile -c requirements.lock -o locks/core.lock
$compile -c requirements.lock --extra test -o locks/test.lock
$compile -c requirements.lock --extra web -o locks/web.lock
$compile -c requirements.lock --extra local --no-emit-package torch --no-emit-package triton -o locks/local.lock
if grep -nE 'https?://|file:' requirements.lock locks/*.lock; then
    echo "a lock names a host or a path" >&2
    exit 1
fi
