"""Calls a server with grpcio and the generated code: client.py PORT. Prints a line a check; exits 1 if one failed."""

import sys
import threading
import time

import grpc

from generated import health, health_rpc, ingestor, ingestor_rpc

PRODUCER = bytes(range(16))


def batch(sequence=0, count=3, service="api-service", size=40):
    events = [
        ingestor.Event(
            time_unix_nano=time.time_ns(), severity_number=9, severity_text="INFO", message=b"%d " % index + b"x" * size,
            trace_id=bytes([1] * 16), span_id=bytes([2] * 8),
            attributes=[ingestor.KeyValue(key="n", int_value=-index), ingestor.KeyValue(key="s", string_value="ä")])
        for index in range(count)
    ]
    return ingestor.Batch(producer_id=PRODUCER, sequence=sequence, service=service, events=events)


def status(call):
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call succeeded")


class Checks:
    def __init__(self, port):
        options = [("grpc.max_send_message_length", 16 << 20)]
        channel = grpc.insecure_channel(f"127.0.0.1:{port}", options)
        self.channel = channel
        self.ingestor = ingestor_rpc.IngestorServiceStub(channel)
        self.health = health_rpc.HealthStub(channel)

    def unary(self):
        answer = self.ingestor.PushOnce(ingestor.PushOnceRequest(batch=batch()))
        assert answer.accepted.exactly_once and not answer.accepted.dead_lettered, answer

    def unary_with_bad_event(self):
        one = batch()
        one.events[1].trace_id = b"short"
        answer = self.ingestor.PushOnce(ingestor.PushOnceRequest(batch=one))
        assert [(event.index, event.reason) for event in answer.accepted.dead_lettered] == [(1, "invalid-trace-id")]

    def without_producer(self):
        one = batch()
        one.producer_id = b""
        assert not self.ingestor.PushOnce(ingestor.PushOnceRequest(batch=one)).accepted.exactly_once

    def describe(self):
        terms = self.ingestor.Describe(ingestor.DescribeRequest())
        assert terms.maximum_batch_bytes == 1 << 20 and terms.event_limits.attributes == 128, terms

    def stream_of_300(self):
        requests = (ingestor.PushRequest(batch=batch(number, 100), age_ms=number) for number in range(300))
        answers = list(self.ingestor.Push(requests, metadata=[("x-tenant-id", "tenant-1")]))
        assert sorted(answer.sequence for answer in answers) == list(range(300)), len(answers)
        assert all(answer.service == "api-service" and answer.producer_id == PRODUCER for answer in answers)
        assert all(answer.WhichOneof("outcome") == "accepted" for answer in answers)

    def stream_with_bad_batches(self):
        batches = [batch(0), batch(1, service="_bad"), batch(2, 2, size=600_000), batch(3)]
        answers = list(self.ingestor.Push(ingestor.PushRequest(batch=one) for one in batches))
        outcomes = {answer.sequence: answer.WhichOneof("outcome") for answer in answers}
        assert outcomes == {0: "accepted", 1: "rejected", 2: "rejected", 3: "accepted"}, outcomes

    def oversize(self):
        error = status(lambda: self.ingestor.PushOnce(ingestor.PushOnceRequest(batch=batch(0, 1, size=5 << 20))))
        assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED and "4194304" in error.details(), error

    def wrong_tenant(self):
        call = lambda: self.ingestor.PushOnce(
            ingestor.PushOnceRequest(batch=batch()), metadata=[("x-tenant-id", "_internal")])
        error = status(call)
        assert error.code() == grpc.StatusCode.INVALID_ARGUMENT and "x-tenant-id" in error.details(), error

    def unknown_method(self):
        call = self.channel.unary_unary("/cordwood.ingestor.v1.IngestorService/Nope")
        assert status(lambda: call(b"")).code() == grpc.StatusCode.UNIMPLEMENTED

    def compressed(self):
        call = lambda: self.ingestor.PushOnce(
            ingestor.PushOnceRequest(batch=batch(0, 1000)), compression=grpc.Compression.Gzip)
        assert status(call).code() == grpc.StatusCode.UNIMPLEMENTED

    def deadline(self):
        # The test's ingestor holds batches of this service back.
        call = lambda: self.ingestor.PushOnce(ingestor.PushOnceRequest(batch=batch(service="held")), timeout=0.3)
        assert status(call).code() == grpc.StatusCode.DEADLINE_EXCEEDED

    def cancel(self):
        gate = threading.Event()

        def requests():
            yield ingestor.PushRequest(batch=batch(service="held"))
            gate.wait(10)

        call = self.ingestor.Push(requests())
        threading.Timer(0.2, call.cancel).start()
        error = status(lambda: list(call))
        gate.set()
        assert error.code() == grpc.StatusCode.CANCELLED, error

    def health_checks(self):
        serving = health.HealthCheckResponse.SERVING
        assert self.health.Check(health.HealthCheckRequest()).status == serving
        name = "cordwood.ingestor.v1.IngestorService"
        assert self.health.Check(health.HealthCheckRequest(service=name)).status == serving
        error = status(lambda: self.health.Check(health.HealthCheckRequest(service="other")))
        assert error.code() == grpc.StatusCode.NOT_FOUND
        watch = self.health.Watch(health.HealthCheckRequest())
        assert next(watch).status == serving
        watch.cancel()
        statuses = self.health.List(health.HealthListRequest()).statuses
        assert statuses[name].status == serving, statuses

    def still_works(self):
        self.unary()


def main():
    checks = Checks(int(sys.argv[1]))
    failed = 0
    for name, check in [(name, check) for name, check in vars(Checks).items() if not name.startswith("_")]:
        try:
            check(checks)
            print(f"ok {name}")
        except Exception as error:
            failed += 1
            print(f"failed {name}: {error!r}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
