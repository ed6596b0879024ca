#!/usr/bin/env bash
# Real backing services for tests and trials, on loopback: Tests/Services/services.sh up|down|status|env|kill|start|list [name...]
#
#   up      starts what is named (default: redis s3 kafka-mock), waits until each answers, prints its settings
#   env     the settings of what runs, as lines NAME=value for the shell and the programs
#   kill    ends the processes of what is named by SIGKILL; what they stored stays. One process of several: NAME/PROCESS
#   start   starts again what was killed, on what it stored
#   down    ends what runs and removes what it stored (without names: everything)
#   status  what runs
#   list    what there is
#
# One file in services/ for each. Ports come from the environment (each file names them, with its defaults); state and logs lie in
# SERVICES_DIR (default: a folder of the user's in TMPDIR). A second set beside the first needs another folder and other ports.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
# shellcheck source=Tests/Services/lib.sh
source "$here/lib.sh"

default_names=(redis s3 kafka-mock)

names_there() {
  local file
  for file in "$here"/services/*.sh; do basename "$file" .sh; done
}

# act VERB NAME: runs the function VERB of the service's file, in a shell of its own.
act() {
  local verb=$1 name=$2
  [ -r "$here/services/$name.sh" ] || die "no service is called $name; there are: $(names_there | tr '\n' ' ')"
  (
    state="$services_dir/$name"
    mkdir -p "$state"
    # shellcheck source=/dev/null
    source "$here/services/$name.sh"
    "$verb"
  )
}

running() {
  local folder
  for folder in "$services_dir"/*/; do
    [ -e "$folder/env" ] && basename "$folder"
  done
  return 0
}

bring_up() {
  local name=$1
  if [ -e "$services_dir/$name/env" ] && act is_ready "$name" > /dev/null 2>&1; then
    cat "$services_dir/$name/env"
    return
  fi
  act install "$name" || die "$name could not be installed"
  act start "$name" || die "$name did not start: see the .log files in $services_dir/$name"
  act settings "$name" > "$services_dir/$name/env"
  cat "$services_dir/$name/env"
}

verb=${1:-}
[ $# = 0 ] || shift
case "$verb" in
  up)
    for name in "${@:-${default_names[@]}}"; do bring_up "$name"; done ;;
  start)
    [ $# -gt 0 ] || die "start which?"
    for name in "$@"; do
      act start "$name"
      act settings "$name" > "$services_dir/$name/env"
    done ;;
  kill)
    [ $# -gt 0 ] || die "kill which?"
    for name in "$@"; do
      process=
      case "$name" in */*) process="${name#*/}" ;; esac
      end_processes KILL "$services_dir/${name%%/*}" "$process"
    done ;;
  down)
    mapfile -t names < <(if [ $# -gt 0 ]; then printf '%s\n' "$@"; else running; fi)
    for name in "${names[@]}"; do
      if [ -z "$name" ] || [ ! -d "$services_dir/$name" ]; then continue; fi
      end_processes TERM "$services_dir/$name"
      rm -rf "${services_dir:?}/$name"
    done
    rmdir "$services_dir" 2> /dev/null || true ;;
  env)
    mapfile -t names < <(if [ $# -gt 0 ]; then printf '%s\n' "$@"; else running; fi)
    for name in "${names[@]}"; do
      [ -z "$name" ] || cat "$services_dir/$name/env" 2> /dev/null || die "$name is not up"
    done ;;
  status)
    for name in $(running); do
      if act is_ready "$name" > /dev/null 2>&1; then echo "$name: answers"; else echo "$name: does not answer"; fi
    done ;;
  list) names_there ;;
  *) die "usage: Tests/Services/services.sh up|down|status|env|kill|start|list [name...]" ;;
esac
