"""The query API and the metrics, as any client sees them."""

import http.client
import json
import os
import re
import urllib.parse
import urllib.request

from .checking import CheckFailed, expect

_SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$")


class Problem(CheckFailed):
    """An answer that is a problem document. A check that expects one catches it."""

    def __init__(self, status, document):
        super().__init__(f"{status} {document.get('code')}: {document.get('detail')}")
        self.status = status
        self.document = document


# What a question fails with when nobody is there, or not ready yet, or was killed while it answered.
NO_ANSWER = (OSError, http.client.HTTPException, Problem, json.JSONDecodeError)


class Server:
    """The three addresses of a running server. Not for use by several threads at once."""

    def __init__(self, http, grpc, metrics):
        self.http = http
        self.grpc = grpc
        self.metrics_url = metrics
        self._connection = None

    @classmethod
    def given(cls):
        """The one that Scripts/test-data.sh started."""
        return cls(
            os.environ["CORDWOOD_TEST_HTTP"], os.environ["CORDWOOD_TEST_GRPC"], os.environ["CORDWOOD_TEST_METRICS"]
        )

    def post(self, body, path="/v1/query", headers=None):
        """Sends the bytes; returns status, content type and the answer's bytes."""
        fields = {"Content-Type": "application/json"} if headers is None else headers
        return self.request("POST", path, body, fields)

    def request(self, method, path, body=None, headers=None):
        if self._connection is None:
            self._connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.http).netloc, timeout=60)
        try:
            self._connection.request(method, path, body, headers or {})
            response = self._connection.getresponse()
            return response.status, response.headers.get_content_type(), response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self):
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def query(self, **request):
        """One page. Throws `Problem`."""
        status, _, body = self.post(json.dumps(request).encode())
        document = json.loads(body)
        if status != 200:
            raise Problem(status, document)
        return document

    def pages_as_they_come(self, limit, **request):
        """All pages of a query, complete or not."""
        cursor = None
        while True:
            page = self.query(limit=limit, **request, **({"cursor": cursor} if cursor else {}))
            yield page
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def pages(self, limit, **request):
        """All pages of a query, each checked for what every page promises."""
        for page in self.pages_as_they_come(limit, **request):
            expect(page["complete"] is True, f"the answer to {request} is not complete: {page['incomplete_because']}")
            expect(len(page["items"]) <= limit, f"a page of {len(page['items'])} events, limit {limit}")
            expect(page["next_cursor"] is None or page["items"], f"an empty page with a cursor, for {request}")
            yield page

    def events(self, limit=10_000, **request):
        return [item for page in self.pages(limit, **request) for item in page["items"]]

    def metric(self, name, **labels):
        """The sum of a metric's samples that have these labels; 0 where there is none."""
        with urllib.request.urlopen(self.metrics_url, timeout=10) as answer:
            text = answer.read().decode()
        total = 0.0
        for line in text.splitlines():
            sample = _SAMPLE.match(line)
            if sample and sample[1] == name:
                found = dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', sample[2] or ""))
                if all(found.get(key) == value for key, value in labels.items()):
                    total += float(sample[3])
        return int(total) if total.is_integer() else total
