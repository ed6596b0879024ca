#!/usr/bin/env bash
# Installs the Debian packages that are missing: Scripts/deps.sh build|run|test
#
# Only adds packages (--no-remove, --no-install-recommends), says which and why, and does nothing where all are there.
# With SKIP_DEPS=1 it does nothing at all: for systems without apt, where you install the same libraries by your own means.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"

# Package (or alternatives, the first that the distribution has), and what for.
packages_for_build='
libnghttp2-dev                          HTTP/2
libevent-dev                            event loop
node-llhttp|libllhttp-dev               HTTP/1.1 parser
libssl-dev                              SHA-256, TLS
libhiredis-dev                          Redis
librdkafka-dev                          Kafka
libcurl4-openssl-dev                    HTTP to S3
libsqlite3-dev                          the embedded index
libzstd-dev                             chunk compression
zlib1g-dev                              gzip
libvectorscan-dev|libhyperscan-dev      regular expressions
pkg-config                              finds the libraries
libc6-dev                               C headers and start files, for every Swift program
libstdc++-12-dev|libstdc++-14-dev       C++ runtime to link Swift programs with
binutils                                the linker that Swift calls (gold)
libncurses6                             the Swift toolchain itself
libcurl4|libcurl4t64                    the Swift toolchain itself
libxml2                                 the Swift toolchain itself
'
packages_for_run='
curl                                    asks the server whether it is ready
'
packages_for_test='
curl                                    asks the REST API as a user would
python3                                 clients and servers that are not ours
python3-venv                            keeps their packages in .build/venv
ca-certificates                         pip downloads them over TLS
protobuf-compiler                       the wire format as others read it
nghttp2-client                          h2load and nghttp against our HTTP/2
wrk                                     load on the REST API
systemd-journal-remote                  journalctl, and a writer of journal files for it to read
chromium                                the page as people see it
fiu-utils                               system calls that fail: fsync, write
'

case "${1:-}" in
  build) wanted=$packages_for_build ;;
  run) wanted=$packages_for_build$packages_for_run ;;
  test) wanted=$packages_for_build$packages_for_test ;;
  *) die "usage: Scripts/deps.sh build|run|test" ;;
esac

# promtool comes out of the package of a whole server, which Debian would start: only the tool is taken from it.
# shellcheck disable=SC2154  # from lib.sh
promtool="$build/tools/promtool"
needs_promtool() { [ "$1" = test ] && ! command -v promtool > /dev/null && [ ! -x "$promtool" ]; }

# Lines of `package(s) reason` whose packages are all absent.
missing_of() {
  local installed names reason
  installed=" $(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | tr '\n' ' ') "
  while read -r names reason; do
    [ -n "$names" ] || continue
    local name found=
    for name in ${names//|/ }; do
      case "$installed" in *" $name "*) found=1 ;; esac
    done
    [ -n "$found" ] || printf '%s %s\n' "$names" "$reason"
  done <<< "$1"
}

# The first of `a|b` that apt can install.
available() {
  local name
  for name in ${1//|/ }; do
    if apt-cache show "$name" > /dev/null 2>&1; then
      printf '%s\n' "$name"
      return
    fi
  done
  die "apt knows none of: ${1//|/, }"
}

fetch_promtool() {
  local folder
  folder="$(mktemp -d)"
  # apt drops its rights for the download; it needs a folder that it can write to.
  chmod 755 "$folder"
  (cd "$folder" && apt-get download --quiet prometheus 2> /dev/null && dpkg-deb --extract prometheus_*.deb unpacked) \
    || die "could not fetch promtool out of the package prometheus"
  mkdir -p "$(dirname "$promtool")"
  cp "$folder/unpacked/usr/bin/promtool" "$promtool"
  rm -rf "$folder"
}

if [ "${SKIP_DEPS:-}" = 1 ]; then
  say "dependencies: not looked at (SKIP_DEPS=1)"
  exit 0
fi
if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
  say "error: apt-get is not here, so nothing can be installed. Install what these Debian packages hold, then run with SKIP_DEPS=1:"
  printf '%s' "$wanted" >&2
  exit 1
fi

missing="$(missing_of "$wanted")"
if [ -z "$missing" ] && ! needs_promtool "$1"; then
  say "dependencies: all there"
  exit 0
fi

say "dependencies: missing on this system:"
while read -r names reason; do
  [ -z "$names" ] || say "  $names: $reason"
done <<< "$missing"
! needs_promtool "$1" || say "  promtool: checks the metrics (taken out of the package prometheus, which is not installed)"

export DEBIAN_FRONTEND=noninteractive
as_root apt-get update --quiet=2 || die "apt-get update failed: is the network there?"
if [ -n "$missing" ]; then
  names=()
  while read -r alternatives _; do names+=("$(available "$alternatives")"); done <<< "$missing"
  as_root apt-get install --yes --quiet=2 --no-remove --no-install-recommends "${names[@]}" > /dev/null \
    || die "apt-get could not install: ${names[*]}"
fi
! needs_promtool "$1" || fetch_promtool
say "dependencies: installed"
