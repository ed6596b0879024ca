#!/usr/bin/env bash
# Starts all services in one process, feeds the sample logs, says what to try, and stays until Ctrl-C.
#
# Settings as for `cordwood serve` (HTTP_PORT, GRPC_PORT, METRICS_PORT, DATA_DIR …), from the environment.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

programs=.build/release
# 0 picks a free port, and this script has to know which.
pick() { if [ "$1" = 0 ]; then free_port; else printf '%s\n' "$1"; fi; }
HTTP_PORT="$(pick "${HTTP_PORT:-8080}")"
GRPC_PORT="$(pick "${GRPC_PORT:-50051}")"
METRICS_PORT="$(pick "${METRICS_PORT:-8081}")"
export HTTP_PORT GRPC_PORT METRICS_PORT

server=
said=
finish() {
  trap - EXIT INT TERM HUP
  [ -z "$server" ] || stop "$server" 30
  [ -z "$said" ] || rm -f "$said"
  exit "$1"
}
trap 'finish $?' EXIT
trap 'printf "\n" >&2; finish 0' INT TERM HUP

# Its own word counts, not only an answer on its port: that may be another server's, if ours found the port taken.
said="$(mktemp)"
"$programs/cordwood" serve > >(trap '' INT TERM; exec tee "$said") &
server=$!
until grep -q 'is ready' "$said"; do
  kill -0 "$server" 2> /dev/null || { wait "$server"; die "the server ended"; }
  sleep 0.1
done
if ! wait_until_ready "http://127.0.0.1:$HTTP_PORT/health/ready" 60 "$server"; then
  if kill -0 "$server" 2> /dev/null; then die "the server was not ready after 60 s"; fi
  wait "$server" # Its own message is already there; `set -e` passes on its status.
  die "the server ended"
fi

for file in Samples/*.ndjson; do
  # The journal beside the data: whoever deletes the one deletes the other.
  CORDWOOD_SERVER="127.0.0.1:$GRPC_PORT" STATE_DIR="${DATA_DIR:-./cordwood-data}/agent" \
    "$programs/cordwood-agent" import "$file"
done

server_option=
[ "$HTTP_PORT" = 8080 ] || server_option=" --server http://127.0.0.1:$HTTP_PORT"
cat << TEXT

Cordwood is running, with the sample logs in it. Look at them: http://127.0.0.1:$HTTP_PORT/?range=all
Or try in another terminal:

  $programs/cordwood query$server_option --service checkout --level ERROR
  $programs/cordwood query$server_option --contains timeout --limit 5 --output json
  curl -s http://127.0.0.1:$HTTP_PORT/v1/query -d '{"service": "checkout", "level": "ERROR", "limit": 3}'

Ctrl-C stops it.
TEXT

# Also ends when the parent has gone: make was killed, and nobody else would stop the server.
parent=$PPID
while kill -0 "$server" 2> /dev/null && kill -0 "$parent" 2> /dev/null; do
  sleep 0.5 &
  wait $! # Unlike a plain sleep it lets the traps run at once.
done
if ! kill -0 "$server" 2> /dev/null; then
  wait "$server"
  die "the server ended"
fi
