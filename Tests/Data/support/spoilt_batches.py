"""Batches that are damaged, or too large by a byte."""

import grpc

from .batch_checks import LETTERS, TENANT, BatchChecks
from .checking import await_condition, brief, expect, expect_equal
from .ingestor import messages, status

INVALID = grpc.StatusCode.INVALID_ARGUMENT


class SpoiltBatches(BatchChecks):
    def run(self):
        self.damaged()
        self.too_large()

    # Bytes

    def damaged(self):
        """A batch cut off at every byte, and with random bytes changed, as a call and in a stream."""
        whole = messages.PushOnceRequest(
            age_ms=300,
            batch=self.ingestor.batch(
                "damaged",
                [
                    self.event(
                        trace_id=b"t" * 16,
                        span_id=b"s" * 8,
                        severity_number=9,
                        severity_text="INFO",
                        attributes=[
                            messages.KeyValue(key="key", string_value="value"),
                            messages.KeyValue(key="number", int_value=7),
                        ],
                    ),
                    self.event(message=bytes(range(256))),
                ],
                producer_id=b"",
            ),
        ).SerializeToString()
        damaged = [whole[:end] for end in range(len(whole))] + [self.changed(whole) for _ in range(400)]
        damaged += [self.random.randbytes(self.random.randrange(1, 200)) for _ in range(100)]
        before = self.refused()
        codes = []
        for request in damaged:
            code, details = status(lambda: self.ingestor.push_once_bytes(request, metadata=self.metadata, timeout=30))
            # An unknown placement or service may come out of the damage; whatever it is has a reason.
            expect(
                code in (grpc.StatusCode.OK, INVALID), f"a damaged batch got {code.name}: {details} ({brief(request)})"
            )
            expect(
                code == grpc.StatusCode.OK or details, f"a damaged batch was refused without a reason: {brief(request)}"
            )
            codes.append(code)
        expect_equal(self.refused() - before, codes.count(INVALID), "refusals counted for damaged batches")
        expect(
            codes.count(INVALID) > len(whole) // 2,
            f"only {codes.count(INVALID)} of {len(codes)} damaged batches were refused",
        )
        for request in self.random.sample(damaged, 100):
            code, details = status(
                lambda: list(self.ingestor.push_bytes(iter([request]), metadata=self.metadata, timeout=30))
            )
            expect(code in (grpc.StatusCode.OK, INVALID), f"a damaged batch in a stream got {code.name}: {details}")
        self.count += len(damaged) + 100

    def changed(self, whole):
        bytes_ = bytearray(whole)
        for _ in range(self.random.randrange(1, 4)):
            bytes_[self.random.randrange(len(bytes_))] = self.random.randrange(256)
        return bytes(bytes_)

    # Sizes

    def too_large(self):
        """Exactly at each limit, and one byte above."""
        limit = self.limits.event_limits.message_bytes
        before = self.server.metric(LETTERS, reason="message-too-long")
        for size, letters in ((limit, []), (limit + 1, ["message-too-long"])):
            answer = self.ingestor.push_once(self.ingestor.batch("sizes", [self.event(message=b"m" * size)]), TENANT)
            expect_equal(
                [letter.reason for letter in answer.accepted.dead_lettered], letters, f"a message of {size:,} bytes"
            )
        expect_equal(self.server.metric(LETTERS, reason="message-too-long") - before, 1, "messages too long, counted")

        for events, limit in ((1, self.limits.maximum_single_event_batch_bytes), (2, self.limits.maximum_batch_bytes)):
            exact = self.padded(events, limit)
            expect(
                self.ingestor.push_once(exact, TENANT).HasField("accepted"), f"a batch of {limit:,} bytes was not taken"
            )
            above = self.padded(events, limit + 1)
            request = messages.PushOnceRequest(batch=above)
            self.counted(
                lambda: self.ingestor.stub.PushOnce(request, metadata=self.metadata, timeout=60),
                grpc.StatusCode.RESOURCE_EXHAUSTED,
                [str(limit + 1), str(limit)],
                f"a batch of {events} events with {limit + 1:,} bytes",
                reason="too-large",
                tenant=TENANT,
            )
            (answer,) = self.ingestor.push([above], TENANT)
            expect(
                answer.WhichOneof("outcome") == "rejected" and str(limit) in answer.rejected.reason,
                f"a batch of {limit + 1:,} bytes in a stream: {answer}",
            )

        items = self.server.events(limit=10, tenant_id=TENANT, service="sizes")
        largest = self.limits.event_limits.message_bytes
        expect_equal(sorted(len(item["message"]) for item in items)[-2:], [largest] * 2, "the largest messages taken")
        filled = [len(item["attributes"]["b"]) for item in items if item["attributes"]]
        expect(len(items) == 4 and len(filled) == 1, f"{len(items)} events were taken at the limits, expected 4")

        calls = self.grpc_calls(8)
        code, details = status(
            lambda: self.ingestor.push_once(
                self.ingestor.batch("sizes", [self.event(message=b"m" * (5 << 20))]), TENANT
            )
        )
        expect(
            code == grpc.StatusCode.RESOURCE_EXHAUSTED and str(4 << 20) in details,
            f"a message of 5 MiB: {code} {details}",
        )
        await_condition(lambda: self.grpc_calls(8) > calls, "the count of a message of 5 MiB")
        self.count += 7

    def padded(self, events, size):
        """A batch of exactly `size` bytes, filled up by attributes and messages within their own limits."""
        batch = self.ingestor.batch("sizes", [self.event(message=b"p" * 900_000) for _ in range(events)])
        if events == 1:
            batch.events[0].message = b"p" * self.limits.event_limits.message_bytes
            batch.events[0].attributes.add(key="a", string_value="a" * (32 << 10))
            batch.events[0].attributes.add(key="b", string_value="")
            batch.events[0].attributes[1].string_value = "b" * (size - batch.ByteSize() - 4)
        else:
            batch.events[1].message = b""
            batch.events[1].message = b"p" * (size - batch.ByteSize() - 4)
        while batch.ByteSize() != size:
            difference = size - batch.ByteSize()
            expect(abs(difference) < 100, f"cannot make a batch of {size} bytes: {difference} off")
            event = batch.events[-1]
            if events == 1:
                event.attributes[1].string_value = "b" * (len(event.attributes[1].string_value) + difference)
            else:
                event.message = b"p" * (len(event.message) + difference)
        return batch
