#!/usr/bin/env bash
# Checks on real logs: Scripts/test-data.sh FOLDER, laid out as the checks in Tests/Data expect it.
#
# Each Tests/Data/*.sh and *.py runs with the folder as its argument, beside a server of its own: fresh data, free ports. It
# finds in its environment
#   CORDWOOD_TEST_PROGRAMS   folder of the programs, for checks that start and kill servers themselves
#   CORDWOOD_TEST_HTTP       URL of the REST API
#   CORDWOOD_TEST_GRPC       host:port of the gRPC service
#   CORDWOOD_TEST_METRICS    URL of the metrics
#   CORDWOOD_TEST_SCRATCH    an empty folder, removed afterwards
# and passes with exit status 0.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"

[ $# -eq 1 ] || die "usage: Scripts/test-data.sh FOLDER"
[ -d "$1" ] || die "$1 is no folder"
data="$(cd "$1" && pwd)"
cd "$root"
Scripts/venv.sh

programs="$root/.build/release"
server=
scratch=
clean_up() {
  [ -z "$server" ] || stop "$server" 30
  [ -z "$scratch" ] || rm -rf "$scratch"
  server=
  scratch=
}
trap clean_up EXIT
trap 'exit 130' INT TERM

start_server() {
  HTTP_PORT="$(free_port)"
  GRPC_PORT="$(free_port)"
  METRICS_PORT="$(free_port)"
  DATA_DIR="$scratch/data"
  HTTP_PORT=$HTTP_PORT GRPC_PORT=$GRPC_PORT METRICS_PORT=$METRICS_PORT DATA_DIR=$DATA_DIR \
    "$programs/cordwood" serve > "$scratch/server.log" 2>&1 &
  server=$!
  wait_until_ready "http://127.0.0.1:$HTTP_PORT/health/ready" 60 "$server" && return
  cat "$scratch/server.log" >&2
  die "the server did not become ready"
}

run_check() {
  local command=("$1")
  case "$1" in *.py) command=("$root/.build/venv/bin/python" "$1") ;; esac
  mkdir "$scratch/work"
  CORDWOOD_TEST_PROGRAMS="$programs" CORDWOOD_TEST_SCRATCH="$scratch/work" \
    CORDWOOD_TEST_HTTP="http://127.0.0.1:$HTTP_PORT" CORDWOOD_TEST_GRPC="127.0.0.1:$GRPC_PORT" \
    CORDWOOD_TEST_METRICS="http://127.0.0.1:$METRICS_PORT/metrics" \
    "${command[@]}" "$data"
}

shopt -s nullglob
checks=(Tests/Data/*.sh Tests/Data/*.py)
[ "${#checks[@]}" -gt 0 ] || die "there is no check in Tests/Data"
failed=()
for check in "${checks[@]}"; do
  scratch="$(mktemp -d)"
  began=$SECONDS
  start_server
  say "test-data: $check"
  if ! run_check "$check"; then
    failed+=("$check")
    say "last lines of the server's log:"
    tail -n 20 "$scratch/server.log" >&2
  fi
  say "test-data: $check took $((SECONDS - began)) s"
  clean_up
done
[ "${#failed[@]}" -eq 0 ] || die "failed: ${failed[*]}"
say "test-data: ${#checks[@]} checks passed"
