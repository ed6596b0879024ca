# shellcheck shell=bash disable=SC2154  # here is set by services.sh
# Three Kafka brokers: three copies of everything, two at least. KAFKA_HOME: an unpacked Kafka 4. KAFKA3_PORT (default 19192) is
# the first broker's; the others' are 10 and 20 above it, each with the next one for its controller.

# shellcheck source=Tests/Services/kafka.lib.sh
source "$here/kafka.lib.sh"
port="${KAFKA3_PORT:-19192}"

install() { kafka_install; }

start() { kafka_start "$port" 3; }

is_ready() { kafka_answers "$port" && kafka_answers $((port + 10)) && kafka_answers $((port + 20)); }

settings() {
  echo "KAFKA_BROKERS=$(kafka_addresses "$port" 3)"
  echo "KAFKA3_BROKERS=$(kafka_addresses "$port" 3)"
}
