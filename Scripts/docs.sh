#!/usr/bin/env bash
# Writes docs/configuration.md from the programs' own tables of settings, and docs/metrics.md from that of the metrics.
#   Scripts/docs.sh --check    writes nothing; fails if docs/configuration.md is out of date (a test looks at the other)
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

programs=(cordwood cordwood-agent cordwood-ingestor cordwood-processor cordwood-query)

document() {
  cat << 'TEXT'
# Configuration

Every setting has a flag and an environment variable. The flag goes before the variable, the variable before the default;
a variable that is set and empty counts as not set. An unknown flag, a wrong value or an unknown variable that begins with
`CORDWOOD_` ends a program at its start, with exit status 2 and a message that says what was expected.

Printed from the programs' own tables: do not edit, run `make docs`.
TEXT
  local program
  for program in "${programs[@]}"; do
    printf '\n'
    ".build/debug/$program" --print-configuration
  done
}

if [ "${1:-}" = --check ]; then
  for product in "${programs[@]}"; do swift build --quiet --product "$product"; done
  document | diff --unified docs/configuration.md - || die "docs/configuration.md is out of date: run make docs"
else
  swift build --quiet --build-tests # the programs, too
  CORDWOOD_TEST_WRITE_DOCS=1 swift test --skip-build --disable-xctest --filter MetricTableTests > "$build/docs.log" 2>&1 \
    || { cat "$build/docs.log" >&2 && die "docs/metrics.md could not be written"; }
  text="$(document)"
  printf '%s\n' "$text" > docs/configuration.md
fi
