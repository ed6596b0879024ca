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
    SERVICES_DIR="$(mktemp -d)"
    export SERVICES_DIR
    trap 'Tests/Services/services.sh down' EXIT
    services=(redis:REDIS_PORT s3:S3_PORT kafka-mock)
    # Neither Debian nor PyPI has these two: their suites run where they are, and are left out aloud elsewhere.
    if [ -n "${MINIO_BIN:-}" ]; then
      services+=(minio:MINIO_PORT)
    else
      say 'the suites on MinIO are left out: MINIO_BIN does not name its executable'
    fi
    if [ -n "${KAFKA_HOME:-}" ]; then
      services+=(kafka:KAFKA_PORT kafka-secure:KAFKA_SECURE_PORT)
    else
      say 'the suites on Apache Kafka are left out: KAFKA_HOME does not name an unpacked Kafka 4'
    fi
    start_services "${services[@]}"
    ;;
  unit) arguments+=(--skip 'IntegrationTests/') ;;
  *) die "usage: Scripts/test.sh all|unit" ;;
esac

swift build --build-tests

# A test that expects a crash would spend ten seconds on the backtrace.
export SWIFT_BACKTRACE=enable=no
# All 700 at once on two cores make each wait for all others: a deadline of ten seconds on a connection passes before the
# first byte is read. Swift Testing has no bound of its own; upstream chose this one.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$((2 * $(nproc)))
log="$build/test.log"
# Leaves out what passed, began, or failed as it should (the wrong implementations that the contracts are tested with), each
# with the lines that belong to it.
only_trouble='
  /^(◇|✔|➜|━)/ && !/Test run with/ { skipping = 1; next }
  /^✘/ || /Test run with/ { skipping = 0 }
  skipping && /^(↳|±|  )/ { next }
  { print; fflush() }'
: > "$log"
failed=()
# One test target after the other, each with its tests side by side: all of them at once would starve those that wait for
# a socket of the two cores that CI has.
for folder in Tests/*Tests; do
  target="$(basename "$folder")"
  began=$SECONDS
  part="$build/test-$target.log"
  status=0
  swift test --skip-build --disable-xctest --parallel --filter "^$target\." "${arguments[@]}" 2>&1 | tee "$part" \
    | awk "$only_trouble" || status=${PIPESTATUS[0]}
  cat "$part" >> "$log"
  # A filter that matches nothing, or a test process that died, ends with 0.
  if ! grep -q -E 'Test run with [1-9][0-9]* tests? ' "$part"; then
    tail -n 20 "$part" >&2
    say "$target: no test ran, or the test process died: see $part"
    status=1
  fi
  [ "$status" = 0 ] || failed+=("$target")
  say "$target: $((SECONDS - began)) s"
done

# The programs themselves, killed five times while they work; Scripts/chaos.sh kills them fifty times.
if [ "$1" = all ]; then
  began=$SECONDS
  status=0
  PROGRAMS="$(swift build --show-bin-path)" Scripts/chaos.sh --events 20000 --rounds 5 > "$build/test-chaos.log" 2>&1 || status=$?
  cat "$build/test-chaos.log" >> "$log"
  if [ "$status" != 0 ]; then
    cat "$build/test-chaos.log" >&2
    failed+=(chaos)
  fi
  say "$(head -n 1 "$build/test-chaos.log"): $((SECONDS - began)) s"
fi
[ "${#failed[@]}" = 0 ] || die "failed: ${failed[*]}; everything that was printed is in $log"
