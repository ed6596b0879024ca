#!/usr/bin/env bash
# Starts one service of the distributed system: Scripts/run-service.sh ingestor|processor|query [its flags]
#
# Where Kafka, Redis and S3 are is told by the environment; else by what Tests/Services/services.sh has started; else the
# programs' own defaults hold, which are those of `make up`.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

program="$build/release/cordwood-${1:?which service: ingestor, processor or query}"
shift
[ -x "$program" ] || die "$program is not there: run make build"

# set_default NAME VALUE: unless the environment has it.
set_default() { [ -n "${!1:-}" ] || export "$1=$2"; }

while IFS='=' read -r name value; do
  case "$name" in
    KAFKA_BROKERS | REDIS_ADDR | S3_*) set_default "$name" "$value" ;;
    # MinIO's have names of their own, since it may run beside another S3 server, which then goes first.
    MINIO_*) minio+=("S3_${name#MINIO_} $value") ;;
  esac
done < <(Tests/Services/services.sh env 2> /dev/null || true)
for pair in "${minio[@]+"${minio[@]}"}"; do set_default "${pair%% *}" "${pair#* }"; done
exec "$program" "$@"
