#!/usr/bin/env bash
# Shows that a newcomer's machine is enough: make test and make run in a bare Debian 12 with nothing but Swift and make.
#
#   Scripts/fresh-check.sh [FOLDER]     the toolchain's bin folder; by default that of the swift on the PATH
#
# Needs root, debootstrap and git on a Debian or Ubuntu host, whose package mirror, name servers and pip settings are used;
# 6 GB below TMPDIR; about ten minutes. Checks what is committed.
#   FRESH_STEPS="build test run"        fewer of the steps
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"

release=bookworm
steps=" ${FRESH_STEPS:-test run} "
[ "$(id -u)" -eq 0 ] || die "this makes a root file system and mounts into it: run it as root"
command -v debootstrap > /dev/null || die "debootstrap is missing: apt-get install debootstrap"

toolchain="${1:-$(dirname "$(readlink -f "$(command -v swift || die "swift is not on the PATH: name its folder")")")}"
toolchain="$(cd "$toolchain/.." && pwd)"
[ -x "$toolchain/bin/swift" ] || die "$toolchain/bin has no swift"
[ "$toolchain" != /usr ] || die "the toolchain is part of the system; unpack one into a folder of its own and name its bin folder"

place="$(mktemp -d)"
bare="$place/root"
job=

clean_up() {
  trap - EXIT
  local point
  # The end of its terminal tells make run to stop.
  [ -z "$job" ] || stop "$job" 30
  # Deepest first; the toolchain and /dev of the host must be out of the way before anything is removed.
  while read -r point; do umount --lazy "$point" || true; done < <(mounts_below | sort --reverse)
  if [ -z "$(mounts_below)" ]; then
    rm -rf --one-file-system "$place"
  else
    say "still mounted below $place, which stays: umount it and remove it"
  fi
}
mounts_below() { awk -v place="$bare/" 'index($2, place) == 1 { print $2 }' /proc/self/mounts; }
trap clean_up EXIT
trap 'exit 130' INT TERM

# What the host's apt reads, for this release.
sources() {
  # shellcheck disable=SC2016  # apt-get expands these
  apt-get indextargets --format 'deb $(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' \
    | grep -E " $release(-updates|-security)? " | sort --unique
}

make_root() {
  local mirror
  mirror="$(sources | awk -v release="$release" '$3 == release { print $2; exit }')"
  [ -n "$mirror" ] || die "apt of this host has no source for Debian $release"
  debootstrap --variant=minbase "$release" "$bare" "$mirror" > "$place/debootstrap.log" 2>&1 \
    || { tail "$place/debootstrap.log" >&2 && die "debootstrap failed"; }
  sources > "$bare/etc/apt/sources.list"
  apt-config dump | grep '^Acquire::' > "$bare/etc/apt/apt.conf.d/99host" || true
  cp /etc/resolv.conf /etc/hosts "$bare/etc/"
  [ ! -e /etc/pip.conf ] || cp /etc/pip.conf "$bare/etc/"
  mkdir -p "$bare/usr/local/share/ca-certificates" "$bare/opt/swift" "$bare/src"
  cp -r /usr/local/share/ca-certificates/. "$bare/usr/local/share/ca-certificates/" 2> /dev/null || true

  mount -t proc proc "$bare/proc"
  mount --rbind /dev "$bare/dev"
  mount --make-rslave "$bare/dev"
  mount --bind "$toolchain" "$bare/opt/swift"
  mount -o remount,bind,ro "$bare/opt/swift"
  git clone --quiet --no-hardlinks "$root" "$bare/src/cordwood"
}

# Runs a command in the bare system, with nothing of our environment but how to reach the network.
inside() {
  local variable kept=()
  while read -r variable; do kept+=("$variable=${!variable}"); done < <(compgen -e | grep -E '^PIP_|_(proxy|PROXY)$')
  chroot "$bare" env -i "${kept[@]}" HOME=/root LANG=C.UTF-8 TERM=xterm PATH=/opt/swift/bin:/usr/bin:/bin:/usr/sbin:/sbin \
    bash -c "cd /src/cordwood && $1"
}

timed() {
  local began=$SECONDS
  say "fresh-check: $1"
  inside "$1" || die "$1 failed in a bare Debian $release"
  say "fresh-check: $1 took $((SECONDS - began)) s"
}

# make run at a terminal, until it says what to try; then what it says, then Ctrl-C.
try_run() {
  local output="$place/run.log" keys="$place/keys" began=$SECONDS status=0
  say "fresh-check: make run"
  mkfifo "$keys"
  export -f inside
  export bare
  set -m # Without job control a background job ignores SIGINT, and so do all its children.
  script --quiet --return --flush --command 'inside "make run"' "$output" < "$keys" > /dev/null &
  job=$!
  set +m
  exec 3> "$keys"
  until grep -q 'Ctrl-C stops it' "$output" 2> /dev/null; do
    kill -0 "$job" 2> /dev/null || { tail -n 40 "$output" >&2 && die "make run ended before it was ready"; }
    [ $((SECONDS - began)) -lt 1200 ] || { tail -n 40 "$output" >&2 && die "make run was not ready after 20 minutes"; }
    sleep 0.5
  done
  say "fresh-check: make run was ready after $((SECONDS - began)) s, and says:"
  sed -n '/^Cordwood is running/,$p' "$output" >&2
  while read -r command; do
    say "fresh-check: $command"
    inside "$command" | head -n 5 | cut -c 1-160 >&2 || die "a command that make run names failed: $command"
  done < <(sed -n '/^Cordwood is running/,$p' "$output" | tr -d '\r' | grep -E '^  (\.build|curl)')
  printf '\003' >&3
  wait "$job" || status=$?
  job=
  exec 3>&-
  [ "$status" -eq 0 ] || { tail -n 20 "$output" >&2 && die "make run ended with status $status on Ctrl-C"; }
  say "fresh-check: make run ended cleanly on Ctrl-C"
}

make_root
inside 'apt-get update --quiet=2 && apt-get install --yes --quiet=2 --no-install-recommends make > /dev/null 2>&1' \
  || die "could not install make into the bare system"
case "$steps" in *" build "*) timed "make build" && timed "make build" ;; esac
case "$steps" in *" test "*) timed "make test" && timed "make test" ;; esac
case "$steps" in *" run "*) try_run ;; esac
say "fresh-check: passed"
