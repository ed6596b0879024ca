# shellcheck shell=bash disable=SC2154  # state and here are set by services.sh
# librdkafka's mock cluster: Kafka's protocol without durability (kafka-mock/kafka_mock.c says what it lacks). Three brokers on
# free ports; `settings` names them, and the pipe that takes commands (topics, faults).

install() {
  needs librdkafka-dev pkg-config gcc libc6-dev
  local source="$here/kafka-mock/kafka_mock.c"
  [ "$state/kafka_mock" -nt "$source" ] && return
  # shellcheck disable=SC2046  # several words are meant
  cc -O2 -Wall -Werror -o "$state/kafka_mock" "$source" $(pkg-config --cflags --libs rdkafka)
}

start() {
  rm -f "$state/brokers" "$state/commands"
  mkfifo "$state/commands"
  # Both ends open: the broker never sees its end, and a writer never waits.
  exec 9<> "$state/commands"
  apart setsid "$state/kafka_mock" 3 "$state/brokers" <&9 > "$state/kafka-mock.log" 2>&1 &
  echo $! > "$state/kafka-mock.pid"
  exec 9>&-
  wait_for 10 is_ready
}

is_ready() { [ -s "$state/brokers" ] && kill -0 "$(cat "$state/kafka-mock.pid")"; }

settings() {
  echo "KAFKA_MOCK_BROKERS=$(cat "$state/brokers")"
  echo "KAFKA_MOCK_COMMANDS=$state/commands"
}
