#!/usr/bin/env bash
# Kills server and agent while logs are written, and keeps account: Scripts/chaos.sh [arguments of Tests/Chaos/run.py]
#
# PROGRAMS is the folder of the programs, .build/release unless said.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

Scripts/venv.sh
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

CORDWOOD_TEST_PROGRAMS="${PROGRAMS:-$build/release}" CORDWOOD_TEST_SCRATCH="$scratch" PYTHONPATH="$root/Tests/Data" \
  PYTHONDONTWRITEBYTECODE=1 "$build/venv/bin/python" Tests/Chaos/run.py "$@"
