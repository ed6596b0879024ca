"""Any bytes as message text come back unchanged; any bytes as a request get a clear error, a counter, and no crash.

`any_bytes.py FOLDER` reads nothing of the folder; see Scripts/test-data.sh. Messages go in through the code that
grpcio-tools generates from Protos/. CORDWOOD_TEST_SEED repeats a run.
"""

import os
import random
import time

from support import bad_batches, bad_queries, byte_texts, checking, events as event_files, programs
from support.api import Server
from support.checking import await_condition, expect, expect_equal, say
from support.ingestor import Ingestor, messages

TENANT = "any-bytes"
SEED = int(os.environ.get("CORDWOOD_TEST_SEED", time.time_ns() % 1_000_000))


class AnyBytes:
    def __init__(self, server):
        self.ingestor = Ingestor(server.grpc)
        self.random = random.Random(SEED)
        limits = self.ingestor.stub.Describe(messages.DescribeRequest())
        self.longest = limits.event_limits.message_bytes
        self.batch_bytes = limits.maximum_batch_bytes
        self.single_bytes = limits.maximum_single_event_batch_bytes
        self.texts = byte_texts.messages(self.random, self.longest)
        self.start = time.time_ns()

    # In

    def send(self):
        """Each text as an event of its own time, so that the answer's order is ours reversed."""
        events = [
            messages.Event(time_unix_nano=self.start + place, severity_number=9, message=text)
            for place, text in enumerate(self.texts)
        ]
        batches, size = [[]], 0
        for event in events:
            size += event.ByteSize() + 8
            if size > self.batch_bytes - 1_000 and batches[-1]:
                batches.append([])
                size = event.ByteSize() + 8
            batches[-1].append(event)
        for answer in self.ingestor.push([self.ingestor.batch("texts", batch) for batch in batches], TENANT):
            expect(
                answer.WhichOneof("outcome") == "accepted" and not answer.accepted.dead_lettered,
                f"a batch of odd messages was not accepted: {answer}",
            )
        return len(batches)

    def send_with_attributes(self):
        """Odd keys and values, and the ends of the number ranges."""
        value = messages.KeyValue
        self.attributes = {
            'q"uo\\te': "line\nfeed\0nul",
            "\u00e9\U0001f332": "\u65e5\u672c",
            "least": -(2**63),
            "most": 2**63 - 1,
            "huge": 1.7976931348623157e308,
            "tiny": 5e-324,
            "yes": True,
            "no": False,
            "k" * 256: "v" * (32 << 10),
            " ": "",
        }
        kinds = {str: "string_value", bool: "bool_value", int: "int_value", float: "double_value"}
        event = messages.Event(
            time_unix_nano=self.start,
            message=b"attributes",
            severity_number=24,
            severity_text="\u00c4rger!",
            trace_id=bytes(range(1, 17)),
            span_id=b"\xff" * 8,
            attributes=[value(key=key, **{kinds[type(item)]: item}) for key, item in self.attributes.items()],
        )
        answer = self.ingestor.push_once(self.ingestor.batch("attributes", [event]), TENANT)
        expect(answer.accepted.exactly_once and not answer.accepted.dead_lettered, f"odd attributes: {answer}")

    # Out

    def read_back(self, server, where):
        # Few at a time: the largest are of 2 MiB.
        items = server.events(limit=50, tenant_id=TENANT, service="texts")
        expect_equal(len(items), len(self.texts), f"odd messages {where}")
        for item, text in zip(reversed(items), self.texts):
            expect(event_files.message(item) == text, f"a message came back changed ({where}): {checking.brief(text)}")
            expect(
                ("message_base64" in item) != byte_texts.is_utf8(text),
                f"message_base64 is there for UTF-8, or is not for other bytes: {checking.brief(text)}",
            )
            expect(
                item["message"] == text.decode(errors="replace"),
                f"message does not show U+FFFD for what is not UTF-8: {checking.brief(text)}",
            )
        for needle in ("\0", "\n", "\u00e9", "\U0001f332", "\ufffd", "\\", '"', "\u65e5\u672c", "\u00e9" * 2_048):
            found = server.events(limit=50, tenant_id=TENANT, service="texts", contains=needle)
            expected = [text for text in reversed(self.texts) if needle.encode() in text]
            expect(
                [event_files.message(item) for item in found] == expected,
                f"contains {checking.brief(needle)} ({where}): {len(found)} events, {len(expected)} have it",
            )
        (item,) = server.events(tenant_id=TENANT, service="attributes")
        expect_equal(item["attributes"], self.attributes, f"odd attributes {where}")
        expect_equal(
            (item["level"], item["trace_id"], item["span_id"]),
            ("\u00c4rger!", bytes(range(1, 17)).hex(), "f" * 16),
            f"level and ids {where}",
        )
        say(f"{len(items):,} odd messages, the longest of {self.longest:,} bytes, came back unchanged {where}")

    # Through the agent

    def import_raw_lines(self, server):
        """In a file, bytes may stand in a JSON string as they are, but for the few that JSON itself needs."""
        texts = [
            bytes(byte for byte in text if byte >= 0x20 and byte not in b'"\\')
            for text in self.texts
            if len(text) < 10_000
        ]
        path = programs.SCRATCH / "raw.ndjson"
        path.write_bytes(
            b"".join(
                b'{"timestamp_ns": %d, "service": "raw", "message": "%s"}\n' % (self.start + place, text)
                for place, text in enumerate(texts)
            )
        )
        output = programs.run_import(path, server.grpc, TENANT, "raw-state")
        items = server.events(limit=10_000, tenant_id=TENANT, service="raw")
        expect(
            [event_files.message(item) for item in reversed(items)] == texts,
            f"raw bytes in a file came back changed: {output}",
        )
        say(f"{len(texts):,} lines with raw bytes, imported by the agent, came back unchanged")


def check(folder):
    say(f"seed {SEED}")
    with programs.OwnServer("own", FLUSH_AGE="1h") as own:
        server = own.client()
        texts = AnyBytes(server)
        texts.send()
        texts.send_with_attributes()
        texts.read_back(server, "from memory")
        own.stop()
        own.start()
        server.close()
        texts.read_back(server, "from objects")

    given = Server.given()
    started = given.metric("process_start_time_seconds")
    texts = AnyBytes(given)
    texts.import_raw_lines(given)
    bad_batches.check(given, texts.random)
    bad_queries.check(given, texts.random)
    expect_equal(given.metric("process_start_time_seconds"), started, "start of the server's process")
    texts.send()
    await_condition(lambda: given.query(tenant_id=TENANT)["complete"], "a complete answer after all bad input")


if __name__ == "__main__":
    checking.run("any_bytes", check)
