# shellcheck shell=bash
# What the scripts share. Source it after `set -euo pipefail`.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck disable=SC2034  # read by the scripts that source this
build="$root/.build"

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

# Runs a command as root, by sudo where we are not.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    die "this needs root and there is no sudo: run as root: $*"
  fi
}

# Whether something listens on this port of 127.0.0.1.
is_taken() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# A port of 127.0.0.1 that was free just now, below the range that the kernel hands out to clients.
free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 12000))
    is_taken "$port" || { printf '%s\n' "$port" && return; }
  done
  die "found no free port in 50 tries"
}

# Starts real services of a run's own, in the folder SERVICES_DIR and on free ports, and exports their settings. Each by its name
# and, if it does not find a port by itself, the variable that its port is read from: redis:REDIS_PORT. The caller ends them.
start_services() {
  local pair settings
  mkdir -p "$SERVICES_DIR"
  settings="$SERVICES_DIR/settings"
  for pair in "$@"; do
    [[ "$pair" != *:* ]] || export "${pair#*:}=$(free_port)"
    "$root/Tests/Services/services.sh" up "${pair%%:*}" >> "$settings"
  done
  set -a
  # shellcheck source=/dev/null
  source "$settings"
  set +a
  rm "$settings"
}

# Ends a process that we started: SIGTERM, and SIGKILL when it has not gone after $2 seconds.
stop() {
  local process=$1 deadline=$((SECONDS + $2))
  kill -TERM "$process" 2> /dev/null || return 0
  while kill -0 "$process" 2> /dev/null && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.1; done
  kill -KILL "$process" 2> /dev/null && say "process $process did not stop within $2 s and was killed"
  wait "$process" 2> /dev/null || true
}

# Waits until the URL answers 200, at most $2 seconds, and as long as process $3 lives.
wait_until_ready() {
  local url=$1 deadline=$((SECONDS + $2)) process=$3
  until curl --silent --fail --max-time 2 --output /dev/null "$url"; do
    kill -0 "$process" 2> /dev/null || return 1
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}
