# shellcheck shell=bash disable=SC2154  # here is set by services.sh
# One Kafka broker by itself. KAFKA_HOME: an unpacked Kafka 4. KAFKA_PORT (default 19092), and the one above it.

# shellcheck source=Tests/Services/kafka.lib.sh
source "$here/kafka.lib.sh"
port="${KAFKA_PORT:-19092}"

install() { kafka_install; }

start() { kafka_start "$port" 1; }

is_ready() { kafka_answers "$port"; }

settings() { echo "KAFKA_BROKERS=$(kafka_addresses "$port" 1)"; }
