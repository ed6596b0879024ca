"""What no sender should send, over gRPC: each with the error that it must get and the counter that must rise."""

import uuid

import grpc

from .batch_checks import LETTERS, TENANT, BatchChecks
from .checking import await_condition, expect, expect_equal, say
from .ingestor import Ingestor, messages, status
from .spoilt_batches import SpoiltBatches

INVALID = grpc.StatusCode.INVALID_ARGUMENT
# On the wire: what a later version of the protocol may add.
UNKNOWN_FIELDS = b"\xfa\x07\x03abc\x80\x08\x05\x89\x08\x01\x02\x03\x04\x05\x06\x07\x08"


def check(server, random):
    checks = [SpoiltBatches(server, random), BadBatches(server, random)]
    for one in checks:
        one.run()
    count = sum(one.count for one in checks)
    say(f"{count:,} bad batches: each refused by name and counted, or taken where it was well-formed after all")


class BadBatches(BatchChecks):
    def run(self):
        self.names()
        self.whole_batches()
        self.single_events()
        self.conflicting_sequence()
        self.unknown_fields()
        self.other_calls()

    # Names

    def names(self):
        request = messages.PushOnceRequest(batch=self.ingestor.batch("names", [self.event()]))
        for name, word in (
            ("", "empty"),
            ("_internal", "'_'"),
            (".hidden", "'.'"),
            ("a%00b", "control"),
            ("a%0Ab", "control"),
            ("x" * 129, "129"),
            ("a%7F", "control"),
            ("%FF%FE", ""),
            ("a%", ""),
            ("a%zz", ""),
        ):
            metadata = [("x-tenant-id", name)]
            for call in (
                lambda: self.ingestor.stub.PushOnce(request, metadata=metadata, timeout=30),
                lambda: list(self.ingestor.push_bytes(iter([b""]), metadata=metadata, timeout=30)),
            ):
                self.counted(call, INVALID, ["x-tenant-id", word], f"tenant {name[:20]!r}", reason="invalid-tenant")
        self.counted(
            lambda: self.ingestor.stub.PushOnce(
                request, metadata=[("x-tenant-id", "a"), ("x-tenant-id", "b")], timeout=30
            ),
            INVALID,
            ["x-tenant-id"],
            "two tenants",
            reason="invalid-tenant",
        )
        for name, word in (
            ("", "empty"),
            ("_service", "'_'"),
            (".service", "'.'"),
            ("a\0b", "control"),
            ("a\nb", "control"),
            ("\u00e9" * 65, "130"),
            ("a\x7f", "control"),
        ):
            batch = self.ingestor.batch(name, [self.event()])
            self.counted(
                lambda: self.ingestor.push_once(batch, TENANT),
                INVALID,
                ["service", word],
                f"service {name[:20]!r}",
                reason="invalid-service",
                tenant=TENANT,
            )
            (answer,) = self.ingestor.push([batch], TENANT)
            expect(
                answer.WhichOneof("outcome") == "rejected" and "service" in answer.rejected.reason,
                f"service {name[:20]!r} in a stream: {answer}",
            )
            self.count += 1
        for name in ("a b", "caf\u00e9", "x" * 128, 'a/b\\c:d*?"<>|', "a..b", "%41", "\U0001f332", " ", "-"):
            answer = self.ingestor.push_once(self.ingestor.batch(name, [self.event()]), TENANT)
            expect(answer.HasField("accepted"), f"service {name!r} was not taken: {answer}")
            items = self.server.events(tenant_id=TENANT, service=name)
            expect_equal([item["service"] for item in items], [name], "the service of the answer")

    # Batches and events

    def whole_batches(self):
        value = messages.KeyValue
        for fields, words, reason in (
            ({"producer_id": b"p" * 15}, ["producer_id", "15", "16"], "invalid-producer"),
            ({"producer_id": b"p" * 17}, ["producer_id", "17"], "invalid-producer"),
            ({"placement_version": 9}, ["placement", "9"], "unknown-placement"),
            ({"resource_attributes": [value(key="", string_value="v")]}, ["resource_attributes"], "malformed"),
            (
                {"resource_attributes": [value(key="k", int_value=1)] * 2},
                ["resource_attributes", "duplicate"],
                "malformed",
            ),
            ({"traceparent": "0" * 300}, ["traceparent"], "malformed"),
        ):
            batch = self.ingestor.batch("whole", [self.event()], **fields)
            self.counted(
                lambda: self.ingestor.push_once(batch, TENANT),
                INVALID,
                words,
                f"a batch with {fields}",
                reason=reason,
                tenant=TENANT,
            )
        expect(self.server.events(tenant_id=TENANT, service="whole") == [], "events of a refused batch are there")

    def single_events(self):
        """Bad events between good ones: the good ones are taken, the bad ones named by their place."""
        value = messages.KeyValue
        limits = self.limits.event_limits
        bad = [
            ("invalid-severity", {"severity_number": 25}),
            ("invalid-severity", {"severity_number": 2**32 - 1}),
            ("invalid-trace-id", {"trace_id": b"t" * 15}),
            ("invalid-trace-id", {"trace_id": b"t" * 17}),
            ("invalid-span-id", {"span_id": b"s" * 7}),
            ("invalid-text", {"severity_text": "x" * (limits.severity_text_bytes + 1)}),
            (
                "too-many-attributes",
                {"attributes": [value(key=str(number), int_value=number) for number in range(limits.attributes + 1)]},
            ),
            ("attribute-key-invalid", {"attributes": [value(key="", int_value=1)]}),
            ("attribute-key-invalid", {"attributes": [value(key="k" * (limits.attribute_key_bytes + 1), int_value=1)]}),
            (
                "attribute-value-too-long",
                {"attributes": [value(key="k", string_value="v" * (limits.attribute_value_bytes + 1))]},
            ),
            ("duplicate-attribute", {"attributes": [value(key="k", int_value=1), value(key="k", int_value=2)]}),
            ("malformed", {"attributes": [value(key="k")]}),
        ]
        before = {reason: self.server.metric(LETTERS, reason=reason, tenant=TENANT) for reason, _ in bad}
        events = []
        for place, (_, fields) in enumerate(bad):
            events += [self.event(message=b"good %d" % place, severity_number=9), self.event(**fields)]
        answer = self.ingestor.push_once(self.ingestor.batch("events", events), TENANT)
        expect_equal(
            [(letter.index, letter.reason) for letter in answer.accepted.dead_lettered],
            [(2 * place + 1, reason) for place, (reason, _) in enumerate(bad)],
            "bad events named in the answer",
        )
        for reason, count in before.items():
            expect_equal(
                self.server.metric(LETTERS, reason=reason, tenant=TENANT) - count,
                sum(other == reason for other, _ in bad),
                f"dead letters counted for {reason}",
            )
        items = self.server.events(tenant_id=TENANT, service="events")
        expect_equal(
            [item["message"] for item in items],
            [f"good {place}" for place in reversed(range(len(bad)))],
            "good events between bad ones",
        )
        self.count += len(bad)

    def conflicting_sequence(self):
        """Another content under a number that is known, and a number far behind: acknowledged, and never in an answer."""
        refused = "cordwood_processor_batches_total"
        before = self.server.metric(refused, outcome="refused"), self.server.metric(refused, outcome="duplicate")
        ingestor = Ingestor(self.server.grpc)
        ingestor.producer = uuid.uuid4().bytes
        for sequence, text in (
            (5_000, b"first"),
            (5_000, b"other"),
            (5_000, b"first"),
            (3_000, b"behind"),
            (5_001, b"next"),
        ):
            ingestor.push_once(ingestor.batch("conflict", [self.event(message=text)], sequence=sequence), TENANT)
        await_condition(
            lambda: self.server.metric(refused, outcome="refused") >= before[0] + 2, "the count of refused batches"
        )
        expect_equal(self.server.metric(refused, outcome="refused") - before[0], 2, "refused batches")
        expect_equal(self.server.metric(refused, outcome="duplicate") - before[1], 1, "batches that came twice")
        items = self.server.events(tenant_id=TENANT, service="conflict")
        expect_equal(sorted(item["message"] for item in items), ["first", "next"], "events of conflicting batches")
        self.count += 2

    def unknown_fields(self):
        """What a later version may add is passed over, in every message."""
        event = self.event(message=b"from the future").SerializeToString() + UNKNOWN_FIELDS
        batch = self.ingestor.batch("future", []).SerializeToString()
        batch += b"\x42" + varint(len(event)) + event + UNKNOWN_FIELDS
        request = b"\x0a" + varint(len(batch)) + batch + UNKNOWN_FIELDS
        answer = messages.PushOnceResponse.FromString(
            self.ingestor.push_once_bytes(request, metadata=self.metadata, timeout=30)
        )
        expect(answer.HasField("accepted") and not answer.accepted.dead_lettered, f"unknown fields: {answer}")
        items = self.server.events(tenant_id=TENANT, service="future")
        expect_equal([item["message"] for item in items], ["from the future"], "an event with unknown fields")

    # Calls

    def other_calls(self):
        for name in ("/cordwood.ingestor.v1.IngestorService/Nope", "/other.Service/Push", "/"):
            before = self.grpc_calls(12)
            code, details = status(lambda: self.ingestor.channel.unary_unary(name)(b"", timeout=30))
            expect(code == grpc.StatusCode.UNIMPLEMENTED and name in details, f"method {name}: {code} {details}")
            await_condition(lambda: self.grpc_calls(12) == before + 1, f"the count of a call of {name}")
            self.count += 1


def varint(value):
    text = bytearray()
    while value >= 0x80:
        text.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(text + bytes([value]))
