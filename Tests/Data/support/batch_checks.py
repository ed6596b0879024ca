"""What the checks of bad batches share."""

from .checking import expect, expect_equal
from .ingestor import Ingestor, messages, status

TENANT = "bad-batches"
REFUSED = "cordwood_ingest_refused_batches_total"
LETTERS = "cordwood_dead_letter_events_total"


class BatchChecks:
    def __init__(self, server, random):
        self.server = server
        self.random = random
        self.ingestor = Ingestor(server.grpc)
        self.metadata = [("x-tenant-id", TENANT)]
        self.limits = self.ingestor.stub.Describe(messages.DescribeRequest())
        self.count = 0

    def refused(self, **labels):
        return self.server.metric(REFUSED, **labels)

    def event(self, **fields):
        return messages.Event(**{"time_unix_nano": 1_700_000_000 * 10**9, "message": b"a message", **fields})

    def counted(self, call, code, words, what, **labels):
        """The call fails with this status, says these words, and one refusal with these labels was counted."""
        before = self.refused(**labels)
        found, details = status(call)
        expect(found == code, f"{what}: status {found.name} ({details}), expected {code.name}")
        for word in words:
            expect(word in details, f"{what}: the error does not say {word!r}: {details}")
        expect_equal(self.refused(**labels) - before, 1, f"refusals counted for {what} ({labels})")
        self.count += 1

    def grpc_calls(self, code):
        return self.server.metric("cordwood_http_requests_total", protocol="grpc", status=str(code))
