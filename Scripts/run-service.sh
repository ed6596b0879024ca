#!/usr/bin/env bash
# Starts one service of the distributed system: Scripts/run-service.sh ingestor|processor|query [its flags]
#
# Where Kafka, Redis and S3 are is told by the environment; else by what Tests/Services/services.sh has started; else the
# programs' own defaults hold, which are those of `make up`. PROGRAMS is the folder of the programs, .build/release unless said.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

program="${PROGRAMS:-$build/release}/cordwood-${1:?which service: ingestor, processor or query}"
shift
[ -x "$program" ] || die "$program is not there: run make build"

# What the environment says goes first: of the object store all or nothing.
settings="$(Tests/Services/services.sh env 2> /dev/null || true)"
given="${S3_ENDPOINT:-}"
# set_default NAME VALUE: unless it is set.
set_default() { [ -n "${!1:-}" ] || export "$1=$2"; }
while IFS='=' read -r name value; do
  case "$name" in
    KAFKA_BROKERS | REDIS_ADDR) set_default "$name" "$value" ;;
    S3_*) [ -n "$given" ] || set_default "$name" "$value" ;;
    # MinIO's have names of their own, since it may run beside another S3 server.
    MINIO_*) [ -n "$given" ] || [[ "$settings" == *S3_ENDPOINT=* ]] || set_default "S3_${name#MINIO_}" "$value" ;;
  esac
done <<< "$settings"
exec "$program" "$@"
