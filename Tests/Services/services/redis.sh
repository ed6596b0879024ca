# shellcheck shell=bash disable=SC2154  # state is set by services.sh
# Redis by itself, durable. REDIS_PORT (default 16379).

port="${REDIS_PORT:-16379}"

install() { needs redis-server; }

start() {
  mkdir -p "$state/data"
  spawn redis redis-server --port "$port" --bind 127.0.0.1 --dir "$state/data" --save '' --appendonly yes --appendfsync everysec \
    --maxmemory-policy noeviction
  wait_for 10 is_ready
}

is_ready() { redis-cli -h 127.0.0.1 -p "$port" ping | grep -q PONG; }

settings() { echo "REDIS_ADDR=127.0.0.1:$port"; }
