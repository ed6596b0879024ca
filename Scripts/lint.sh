#!/usr/bin/env bash
# Everything about the files that a machine can judge. Runs all checks and fails at the end if any did.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

failed=()

check() {
  local name=$1
  shift
  say "lint: $name"
  "$@" || failed+=("$name")
}

# A target that uses a module without declaring it builds when that module happens to be built already.
declared_imports() {
  swift build --quiet --build-tests --explicit-target-dependency-import-check error
}

architecture() {
  SWIFT_BACKTRACE=enable=no swift test --skip-build --disable-xctest --filter ArchitectureTests > "$build/architecture.log" 2>&1 \
    && grep -q -E 'Test run with [1-9]' "$build/architecture.log" && return
  grep -E '✘|↳|^  ' "$build/architecture.log" >&2 || cat "$build/architecture.log" >&2
  return 1
}

scripts() {
  local files
  mapfile -t files < <(git ls-files --cached --others --exclude-standard '*.sh' .ci/run)
  for file in "${files[@]}"; do bash -n "$file" || return 1; done
  if command -v shellcheck > /dev/null; then
    shellcheck --external-sources "${files[@]}"
  else
    say "  shellcheck is not installed: only the syntax was checked"
  fi
}

# Not Package.swift, whose tables are laid out by hand.
check "format" swift format lint --strict --recursive --parallel Sources Tests
check "declared imports" declared_imports
check "architecture" architecture
check "scripts" scripts
check "docs/configuration.md" Scripts/docs.sh --check
check "generated code" Scripts/proto.sh --check
check "the page" Scripts/page.sh --check

[ "${#failed[@]}" -eq 0 ] || die "$(printf 'lint failed: %s' "$(IFS=,; printf '%s' "${failed[*]}")")"
say "lint: all clean"
