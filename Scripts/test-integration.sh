#!/usr/bin/env bash
# Runs the distributed system end to end on real services: Scripts/test-integration.sh [arguments of Tests/Integration/run.py]
#
# On what KAFKA_BROKERS, REDIS_ADDR and S3_ENDPOINT name (as after `make up`); else on what it starts from KAFKA_HOME (an
# unpacked Apache Kafka 4) and MINIO_BIN (MinIO's executable), and Debian's Redis. PROGRAMS is the folder of the programs,
# .build/release unless said.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

scratch="$(mktemp -d)"
services=''
cleanup() {
  [ -z "$services" ] || Tests/Services/services.sh down
  rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

start_own() {
  export SERVICES_DIR="$scratch/services"
  services=started
  start_services redis:REDIS_PORT minio:MINIO_PORT kafka:KAFKA_PORT
  export S3_ENDPOINT="$MINIO_ENDPOINT" S3_REGION="$MINIO_REGION" S3_BUCKET="$MINIO_BUCKET"
  export S3_ACCESS_KEY="$MINIO_ACCESS_KEY" S3_SECRET_KEY="$MINIO_SECRET_KEY"
}

if [ -n "${KAFKA_BROKERS:-}" ] && [ -n "${REDIS_ADDR:-}" ] && [ -n "${S3_ENDPOINT:-}" ]; then
  say "integration: on Kafka at $KAFKA_BROKERS, Redis at $REDIS_ADDR, S3 at $S3_ENDPOINT"
elif [ -n "${KAFKA_HOME:-}" ] && [ -n "${MINIO_BIN:-}" ]; then
  say "integration: starting Kafka, Redis and MinIO"
  start_own
else
  die "no services: set KAFKA_BROKERS, REDIS_ADDR and S3_ENDPOINT to running ones, or KAFKA_HOME to the folder of an unpacked \
Apache Kafka 4 and MINIO_BIN to MinIO's executable"
fi

CORDWOOD_TEST_PROGRAMS="${PROGRAMS:-$build/release}" CORDWOOD_TEST_SCRATCH="$scratch" PYTHONPATH="$root/Tests/Data" \
  PYTHONDONTWRITEBYTECODE=1 python3 Tests/Integration/run.py "$@"
say "integration: all well"
