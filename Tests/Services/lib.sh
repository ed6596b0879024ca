# shellcheck shell=bash
# What the files in services/ have in common. Each defines, with `state` being its own folder:
#
#   install     brings what the service needs, if it is missing (Debian packages, PyPI), and says so
#   start       starts its processes with `spawn` and waits with `wait_for`; on what an earlier start stored, if there is any
#   is_ready    succeeds if the service answers
#   settings    prints NAME=value lines: how clients reach it

# shellcheck source=Scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../Scripts/lib.sh"

# shellcheck disable=SC2034  # read by services.sh
services_dir="${SERVICES_DIR:-${TMPDIR:-/tmp}/cordwood-services-$(id -u)}"

# wait_for SECONDS COMMAND...: until the command succeeds; fails when the time is over.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" > /dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || { say "waited in vain for: $*"; return 1; }
    sleep 0.05
  done
}

# spawn NAME COMMAND...: in the background, apart from this terminal; log in NAME.log, process id in NAME.pid.
spawn() {
  local name=$1
  shift
  # shellcheck disable=SC2154  # set for each service
  apart setsid "$@" < /dev/null > "$state/$name.log" 2>&1 &
  echo $! > "$state/$name.pid"
}

# apart COMMAND...: without the open files of whoever started this, who may wait for their other ends.
apart() {
  local file
  for file in /proc/self/fd/*; do
    file="${file##*/}"
    [ "$file" -le 2 ] || eval "exec $file>&-"
  done
  exec "$@"
}

# end_processes TERM|KILL FOLDER [NAME]: every process that was spawned there, or the one of that name; those that do not heed
# TERM within 5 s are killed. Beside NAME.pid a file NAME.slow says that TERM takes it so long that it is killed at once.
end_processes() {
  local signal=$1 folder=$2 name=${3:-} file pid files
  if [ -n "$name" ]; then files=("$folder/$name.pid"); else files=("$folder"/*.pid); fi
  for file in "${files[@]}"; do
    [ -s "$file" ] || continue
    pid="$(cat "$file")"
    if [ -e "${file%.pid}.slow" ]; then kill -KILL "$pid" 2> /dev/null || true; continue; fi
    kill "-$signal" "$pid" 2> /dev/null || true
  done
  for file in "${files[@]}"; do
    [ -s "$file" ] || continue
    pid="$(cat "$file")"
    for _ in $(seq 100); do
      kill -0 "$pid" 2> /dev/null || break
      sleep 0.05
    done
    kill -KILL "$pid" 2> /dev/null || true
    rm -f "$file"
  done
}

# needs PACKAGE...: Debian packages, installed if they are missing.
needs() {
  local package missing=()
  for package in "$@"; do
    dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2> /dev/null | grep -q '^installed$' || missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  say "services: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update --quiet=2
  as_root apt-get install --yes --quiet=2 --no-remove --no-install-recommends -o DPkg::Lock::Timeout=120 "${missing[@]}" > /dev/null
}

# make_certificate FOLDER: a certificate authority (ca.crt) and by it a server's certificate (server.crt, server.key) for localhost
# and 127.0.0.1, for a month.
make_certificate() {
  local folder=$1 key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)
  openssl req -x509 "${key[@]}" -days 30 -subj /CN=cordwood-test-ca -keyout "$folder/ca.key" -out "$folder/ca.crt" 2> /dev/null
  openssl req "${key[@]}" -subj /CN=localhost -keyout "$folder/server.key" -out "$folder/server.csr" 2> /dev/null
  openssl x509 -req -in "$folder/server.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -CAcreateserial -days 30 \
    -extfile <(echo subjectAltName=DNS:localhost,IP:127.0.0.1) -out "$folder/server.crt" 2> /dev/null
}
