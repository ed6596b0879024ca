#!/usr/bin/env bash
# Puts the page of Sources/Adapters/REST/Page into the Swift file that is compiled in.
#   Scripts/page.sh            writes Sources/Adapters/REST/Generated/PageDocument.swift
#   Scripts/page.sh --check    writes nothing; fails if that file is not what the page's files give
# Needs Python 3, nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

python3 -B Scripts/page.py Sources/Adapters/REST/Page Sources/Adapters/REST/Generated/PageDocument.swift "$@" \
  || { echo "page.sh: Sources/Adapters/REST/Generated/PageDocument.swift is stale: run 'make page'" >&2; exit 1; }
