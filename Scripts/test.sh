#!/usr/bin/env bash
# Runs the tests: Scripts/test.sh all|unit
#
# `unit` leaves out the suites whose names end in IntegrationTests. Prints failures and the summary; everything else goes
# to .build/test.log.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

arguments=()
case "${1:-}" in
  all)
    Scripts/venv.sh
    export CORDWOOD_REQUIRE_SERVICES=1 CORDWOOD_TEST_PYTHON="$build/venv/bin/python"
    PATH="$PATH:$build/tools"
    ;;
  unit) arguments+=(--skip 'IntegrationTests/') ;;
  *) die "usage: Scripts/test.sh all|unit" ;;
esac

swift build --build-tests

# A test that expects a crash would spend ten seconds on the backtrace.
export SWIFT_BACKTRACE=enable=no
log="$build/test.log"
# Leaves out what passed, began, or failed as it should (the wrong implementations that the contracts are tested with), each
# with the lines that belong to it.
only_trouble='
  /^(◇|✔|➜|━)/ && !/Test run with/ { skipping = 1; next }
  /^✘/ || /Test run with/ { skipping = 0 }
  skipping && /^(↳|±|  )/ { next }
  { print; fflush() }'
status=0
swift test --skip-build --disable-xctest --parallel "${arguments[@]}" 2>&1 | tee "$log" \
  | awk "$only_trouble" \
  || status=${PIPESTATUS[0]}

# A filter that matches nothing, or a test bundle that was not found, ends with 0.
if ! grep -q -E 'Test run with [1-9][0-9]* tests? ' "$log"; then
  tail -n 40 "$log" >&2
  die "no test ran, or the test process died: see .build/test.log"
fi
exit "$status"
