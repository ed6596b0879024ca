#!/usr/bin/env bash
# Builds programs, optimised: Scripts/build.sh [program...]; all of them unless some are named.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

command -v swift > /dev/null || die "swift is not on the PATH: install Swift 6.3 from swift.org"
[ $# -gt 0 ] || set -- cordwood cordwood-agent cordwood-ingestor cordwood-processor cordwood-query
for product in "$@"; do
  swift build --configuration release --product "$product"
done
