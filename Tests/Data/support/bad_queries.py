"""What no client should ask, over HTTP: each with the problem document that it must get and the counter that must rise."""

import json
import socket
import urllib.parse

from .checking import await_condition, brief, expect, expect_equal, say

REFUSED = "cordwood_query_refused_total"
JSON = {"Content-Type": "application/json"}


def check(server, random):
    checks = BadQueries(server, random)
    checks.texts()
    checks.fields()
    checks.cursors()
    checks.requests()
    checks.connections()
    say(f"{checks.count:,} bad queries: each has a problem document that names what is wrong, and was counted")


class BadQueries:
    def __init__(self, server, random):
        self.server = server
        self.random = random
        self.count = 0

    def problem(self, answer, status, code, what, words=(), field=None):
        """The answer is this problem document."""
        found, content_type, body = answer
        expect(content_type == "application/problem+json", f"{what}: an answer of type {content_type}: {brief(body)}")
        document = json.loads(body)
        expect_equal((found, document["status"], document["code"]), (status, status, code), f"{what}: {document}")
        for word in words:
            expect(word in document["detail"], f"{what}: the detail does not say {word!r}: {document}")
        expect(code != "invalid_json" or document["offset"] >= 0, f"{what}: the byte at fault is not named: {document}")
        expect(field is None or document.get("field") == field, f"{what}: the field named is not {field!r}: {document}")
        self.count += 1

    def refused(self, body, status, code, what=None, words=(), field=None, headers=JSON):
        """The same for a query, which is counted as refused."""
        before = self.server.metric(REFUSED)
        self.problem(self.server.post(body, headers=headers), status, code, what or brief(body), words, field)
        expect_equal(self.server.metric(REFUSED) - before, 1, f"refused queries counted for {what or brief(body)}")

    def texts(self):
        """Not JSON, or not one object."""
        for body in (
            b"",
            b" ",
            b"{",
            b"}",
            b"[]",
            b"null",
            b"1",
            b'"text"',
            b"{'limit': 1}",
            b'{"limit": 1,}',
            b'{"limit" 1}',
            b'{"limit": 1} x',
            b'{"limit": 01}',
            b'{"limit": +1}',
            b'{"limit": .5}',
            b'{"limit": 1, "limit": 2}',
            b"{limit: 1}",
            b'{"contains": "\xff"}',
            b'{"contains": "\xed\xa0\x80"}',
            b'{"contains": "a\nb"}',
            b'{"contains": "\\ud800"}',
            b'{"contains": "\\x41"}',
            b'{"contains": "\\u12"}',
            b'{"contains": "open',
            b'{"a": ' * 40 + b"1" + b"}" * 40,
            b"[" * 20_000,
            b"\xef\xbb\xbf{}",
            b"\0",
            b"{}\0",
            b"nul",
            b'{"limit": 1e}',
            '{"limit": 1}'.encode("utf-16"),
        ):
            self.refused(body, 400, "invalid_json")
        self.problem_for_damage()

    def problem_for_damage(self):
        """A good body, cut off at every byte."""
        body = b'{"tenant_id": "t", "service": "s", "from_ts": 1, "level": "ERROR", "contains": "\\u00e9\\ud83d\\ude00", "limit": 10}'
        for end in range(1, len(body)):
            self.refused(body[:end], 400, "invalid_json", f"a body cut off after {end} bytes")

    def fields(self):
        def field(name, *values, code="invalid_request", words=()):
            for value in values:
                self.refused(json.dumps({name: value}).encode(), 400, code, words=[name, *words], field=name)

        field("limits", 1, code="unknown_field", words=["limit", "cursor"])
        field("Limit", 1, code="unknown_field")
        field("\u00e9", 1, code="unknown_field")
        field("tenant_id", 1, True, [], {}, "", "_internal", ".hidden", "a\0b", "a\nb", "x" * 129)
        field("service", 1, False, ["a"], {"a": 1}, "", "_service", ".", "a\x7f", "\u00e9" * 65)
        field("from_ts", "1", "2024-01-01", 1.5, True, 10**17, -(10**17), [1])
        field("to_ts", "1", {}, 2**64, -(2**63))
        field("level", 17, "LOUD", "", "ERROR ", ["ERROR"], words=[])
        field("min_level", 17, "NOTICE!", "")
        field("contains", 1, ["a"], "x" * 4_097)
        field("trace_id", 1, "", "0" * 32, "g" * 32, "a" * 31, "a" * 33)
        field("limit", 0, -1, 10_001, "10", 1.5, 2**63, 10**30, True)
        for body, name in (
            ({"from_ts": 2, "to_ts": 1}, "to_ts"),
            ({"level": "INFO", "min_level": "ERROR"}, "min_level"),
        ):
            self.refused(json.dumps(body).encode(), 400, "invalid_request", field=name)
        self.refused(b'{"limit": 1e2}', 400, "invalid_request", field="limit")

    def cursors(self):
        """Made up, damaged, of another query, of another tenant."""
        tenant = "bad-batches"
        page = self.server.query(tenant_id=tenant, limit=1)
        cursor = page["next_cursor"]
        expect(cursor, "there is no second page")

        def cursor_of(text, what, **request):
            body = json.dumps({"tenant_id": tenant, "limit": 1, **request, "cursor": text}).encode()
            self.refused(body, 400, "invalid_cursor", what, field="cursor")

        for text in (
            "",
            "x",
            "next",
            "=",
            "\u00e9",
            cursor[:-1],
            cursor + "A",
            cursor[1:],
            cursor * 2,
            "A" * len(cursor),
            "A" * 5_000,
        ):
            cursor_of(text, f"cursor {brief(text, 60)}")
        for place in range(len(cursor) - 1):
            other = self.random.choice([letter for letter in "ABCXYZabcxyz0189-_" if letter != cursor[place]])
            cursor_of(cursor[:place] + other + cursor[place + 1 :], f"a cursor damaged at {place}")
        for request in (
            {"tenant_id": "any-bytes"},
            {"service": "names"},
            {"contains": "a"},
            {"level": "INFO"},
            {"from_ts": 0},
            {"to_ts": 4 * 10**12},
            {"trace_id": "a" * 32},
            {"min_level": "INFO"},
        ):
            cursor_of(cursor, f"a cursor of a query without {request}", **request)
        for value in (1, True, ["a"]):
            self.refused(json.dumps({"cursor": value}).encode(), 400, "invalid_request", field="cursor")

    def requests(self):
        """Headers, methods and addresses."""
        self.refused(b'{"contains": "' + b"x" * (64 << 10) + b'"}', 413, "body_too_large", words=["65536"])
        for kind in ("text/csv", "multipart/form-data; boundary=x", "application/json; charset=latin1", ""):
            self.refused(b"{}", 415, "unsupported_media_type", f"type {kind!r}", headers={"Content-Type": kind})
        self.refused(
            b"{}", 415, "unsupported_media_type", "a packed body", headers={**JSON, "Content-Encoding": "gzip"}
        )
        for name in ("_internal", "", "x" * 129):
            self.refused(
                b"{}",
                400,
                "invalid_request",
                f"X-Tenant-ID {name[:20]!r}",
                ["X-Tenant-ID"],
                headers={**JSON, "X-Tenant-ID": name},
            )
        self.refused(b'{"tenant_id": "a"}', 400, "tenant_conflict", "two tenants", headers={**JSON, "X-Tenant-ID": "b"})
        before = self.answered(404), self.answered(405)
        for method, path, status, code in (
            ("GET", "/v1/query", 405, "method_not_allowed"),
            ("DELETE", "/v1/query", 405, "method_not_allowed"),
            ("POST", "/v1/services", 405, "method_not_allowed"),
            ("GET", "/v1/queries", 404, "not_found"),
            ("POST", "/v1/query/", 404, "not_found"),
            ("GET", "/../../etc/passwd", 404, "not_found"),
            ("GET", "/v1/services?tenant=a", 400, "unknown_field"),
            ("GET", "/v1/services?tenant_id=_a", 400, "invalid_request"),
            ("GET", "/v1/services?tenant_id=%zz", 400, "invalid_request"),
            ("GET", "/%00", 404, "not_found"),
        ):
            self.problem(self.server.request(method, path), status, code, f"{method} {path}")
        await_condition(
            lambda: (self.answered(404), self.answered(405)) == (before[0] + 4, before[1] + 3),
            "the count of requests to wrong addresses",
        )

    def answered(self, status):
        return self.server.metric("cordwood_http_requests_total", protocol="http", status=str(status))

    def connections(self):
        """Bytes that are no protocol at all, on every port, and clients that leave at once."""
        places = [
            urllib.parse.urlsplit(self.server.http).netloc,
            self.server.grpc,
            urllib.parse.urlsplit(self.server.metrics_url).netloc,
        ]
        starts = [
            b"",
            b"GET / HTTP/9.9\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\x04\0\0\0\0\0",
            b"POST /v1/query HTTP/1.1\r\nHost: a\r\n",
            b"POST /v1/query HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"POST /v1/query HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00",
        ]
        for place in places:
            host, port = place.split(":")
            for start in starts * 5:
                with socket.create_connection((host, int(port)), timeout=10) as connection:
                    try:
                        connection.sendall(start + self.random.randbytes(self.random.randrange(300)))
                    except OSError:
                        # The server may close as soon as it has seen enough.
                        pass
                self.count += 1
        expect_equal(self.server.query(tenant_id="nobody")["items"], [], "the answer after broken connections")
