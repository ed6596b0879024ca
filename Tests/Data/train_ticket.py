"""The microservice logs, imported through gRPC: every event comes back once, newest first, byte for byte.

`train_ticket.py FOLDER` reads FOLDER/microservices/train-ticket.ndjson.gz; see Scripts/test-data.sh. What is checked:
all services page by page, all of the tenant, filters against brute force, events with impossible times, walks that a
flush and restarts come between, tenants apart, the same import again. Everything on events that are in memory and on
events that are in objects. CORDWOOD_TEST_SEED repeats a run.
"""

import collections
import gzip
import json
import os
import pathlib
import random
import time

from support import checking, events as event_files, filters, programs
from support.api import Server
from support.checking import await_condition, expect, expect_equal, say

TENANT = "train-ticket"
PAGE_SIZES = (1_000, 777)
SEED = int(os.environ.get("CORDWOOD_TEST_SEED", time.time_ns() % 1_000_000))


class TrainTicket:
    def __init__(self, folder):
        self.path = pathlib.Path(folder) / "microservices/train-ticket.ndjson.gz"
        self.events = event_files.read(self.path)
        self.services = sorted({event.service for event in self.events}, key=str.encode)
        self.retimed = sum(event.time is None for event in self.events)
        self.random = random.Random(SEED)
        self.bytes = len(gzip.decompress(self.path.read_bytes()))
        say(
            f"{len(self.events):,} events of {len(self.services)} services, {self.retimed} with an impossible time; "
            f"seed {SEED}"
        )

    # Import

    def imports(self, server, state):
        began = time.time_ns()
        output = programs.run_import(self.path, server.grpc, TENANT, state)
        expect(
            f"{len(self.events):,} events of" in output, f"the import does not say how many events it sent: {output}"
        )
        expect(
            not self.retimed or f"{self.retimed:,} events with an impossible time" in output,
            f"the import does not say how many times were impossible: {output}",
        )
        self.receipt = (began, time.time_ns())
        expect_equal(
            server.metric("cordwood_ingest_events_total", tenant=TENANT), len(self.events), "events in the metric"
        )
        expect_equal(
            server.metric("cordwood_ingest_retimed_events_total", tenant=TENANT),
            self.retimed,
            "events with an impossible time in the metric",
        )
        say(output.splitlines()[0])

    def import_again(self, server, state):
        """Nothing is sent, whatever the file is called and however it is packed."""
        batches = server.metric("cordwood_ingest_batches_total", tenant=TENANT)
        plain = programs.SCRATCH / "the same, unpacked.ndjson"
        plain.write_bytes(gzip.decompress(self.path.read_bytes()))
        outputs = [programs.run_import(path, server.grpc, TENANT, state) for path in (self.path, plain)]
        with open(plain, "rb") as stream:
            outputs.append(programs.run_import("-", server.grpc, TENANT, state, stdin=stream))
        plain.unlink()
        for output in outputs:
            expect("was imported before: nothing was sent" in output, f"a second import says: {output}")
        expect_equal(
            server.metric("cordwood_ingest_batches_total", tenant=TENANT), batches, "batches after a second import"
        )
        self.expect_count(server, len(self.events))
        say("imported again, packed, unpacked and through a pipe: nothing was sent")

    # Reading

    def read_everything(self, server, place):
        items = self.services_one_by_one(server)
        everything = self.all_services(server, items)
        self.filtered(server, everything)
        say(
            f"{place}: each event once, newest first, byte for byte, by service with pages of "
            f"{' and '.join(map(str, PAGE_SIZES))}, and all together"
        )

    def services_one_by_one(self, server):
        """Items by service, the newest first."""
        names = json.loads(server.request("GET", f"/v1/services?tenant_id={TENANT}")[2])["services"]
        expect_equal(names, self.services, "the tenant's services")
        found = {}
        for service in self.services:
            expected = event_files.newest_first([event for event in self.events if event.service == service])
            for size in PAGE_SIZES:
                pages = list(server.pages(size, tenant_id=TENANT, service=service))
                expect(all(len(page["items"]) == size for page in pages[:-1]), f"{service}: a page is not full")
                items = [item for page in pages for item in page["items"]]
                event_files.expect_same(items, expected, f"{service}, {size} a page")
                if service in found:
                    expect(items == found[service], f"{service}: pages of {size} differ from pages of {PAGE_SIZES[0]}")
                found[service] = items
        return found

    def all_services(self, server, by_service):
        """The expected events, the newest first."""
        receipts = {}
        for service, items in by_service.items():
            places = [
                place for place, event in enumerate(self.events) if event.service == service and event.time is None
            ]
            for place, item in zip(reversed(places), items):
                receipts[place] = int(item["timestamp_ns"])
        expect(
            all(self.receipt[0] <= receipt <= self.receipt[1] for receipt in receipts.values()),
            "an event with an impossible time was not given the time of its receipt",
        )
        expected = event_files.newest_first(self.events, receipts)
        items = server.events(tenant_id=TENANT)
        event_files.expect_same(items, expected, "all services together")
        parts = {item["order_key"]: item for items in by_service.values() for item in items}
        expect(
            all(parts.get(item["order_key"]) == item for item in items),
            "an event looks different among all services than in its own",
        )
        self.times = [int(item["timestamp_ns"]) for item in items]
        return expected

    def filtered(self, server, everything):
        count = 0
        for request in filters.samples(self.events, self.random):
            wanted = {key: value for key, value in request.items() if key != "service"}
            expected = [
                event
                for event, time in zip(everything, self.times)
                if request.get("service", event.service) == event.service and filters.matches(event, time, **wanted)
            ]
            items = server.events(tenant_id=TENANT, **request)
            event_files.expect_same(items, expected, f"the answer to {checking.brief(request)}")
            count += 1
        errors = sum(event.level == "ERROR" for event in everything)
        say(f"{count} filters answer what brute force finds ({errors} errors)")

    def expect_count(self, server, count):
        expect_equal(len(server.events(tenant_id=TENANT)), count, "events of the tenant")

    def tenants_are_apart(self, server):
        for tenant in ("train-ticke", "Train-Ticket", "train-ticket-2", None):
            items = server.events(**({"tenant_id": tenant} if tenant else {}))
            expect(not items, f"tenant {tenant} sees {len(items)} events of {TENANT}")

    def half_open(self, server):
        """[from_ts, to_ts) to the nanosecond: events of our own making around two bounds."""
        start, end = 1_700_000_000_000, 1_700_000_001_000
        times = [bound * 1_000_000 + offset for bound in (start, end) for offset in (-1, 0, 1)]
        path = programs.SCRATCH / "bounds.ndjson"
        path.write_text(
            "".join(
                json.dumps({"timestamp_ns": time, "service": "bounds", "message": str(time)}) + "\n" for time in times
            )
        )
        programs.run_import(path, server.grpc, "bounds", "bounds-state")
        items = server.events(tenant_id="bounds", from_ts=start, to_ts=end)
        expect_equal(
            [int(item["message"]) for item in items], [times[3], times[2], times[1]], "events of [from_ts, to_ts)"
        )

    # Walks across flushes and restarts

    def walks(self, server, own):
        """Begins on events in memory, goes on while they are flushed, and ends after a restart and a kill -9."""
        largest, count = collections.Counter(event.service for event in self.events).most_common(1)[0]
        grave = sum(event.level in ("WARN", "ERROR", "FATAL") for event in self.events)
        whole = len(self.events)
        requests = [
            {"limit": whole // 66},
            {"limit": count // 22, "service": largest},
            {"limit": whole // 160, "contains": "a"},
            {"limit": grave // 25, "min_level": "WARN"},
        ]
        walks = [Walk(server, request) for request in requests]
        for walk in walks:
            walk.go(pages=2)
        expect(all(walk.last["next_cursor"] for walk in walks), "the file has too few events for these walks")
        expect(
            all(walk.last["stats"]["recent_batches"] for walk in walks), "the first pages are not of events in memory"
        )
        # Another tenant's events make the flush due, which is of all of the partition.
        programs.run_import(self.path, server.grpc, "another", "another-state")
        await_condition(
            lambda: server.metric("cordwood_processor_flushed_events_total") >= len(self.events), "the flush", 60
        )
        for walk in walks:
            walk.go(pages=2)
            expect_equal(walk.last["stats"]["recent_batches"], 0, "batches in memory after the flush")
        own.stop()
        own.start()
        server.close()
        for walk in walks:
            walk.go(pages=2)
        own.kill()
        own.start()
        server.close()
        for walk in walks:
            walk.go()
            whole = server.events(
                tenant_id=TENANT, **{key: value for key, value in walk.request.items() if key != "limit"}
            )
            expect(walk.items == whole, f"a walk that a flush came between differs: {walk.request}")
        say(f"{len(walks)} walks went on across a flush, a restart and a kill -9 and have each event once")


class Walk:
    """A query that is answered a few pages at a time."""

    def __init__(self, server, request):
        self._server = server
        self.request = request
        self.items = []
        self.last = None

    def go(self, pages=None):
        while pages != 0 and (self.last is None or self.last["next_cursor"]):
            cursor = {"cursor": self.last["next_cursor"]} if self.last else {}
            self.last = self._server.query(tenant_id=TENANT, **self.request, **cursor)
            expect(self.last["complete"], f"a page is not complete: {self.last['incomplete_because']}")
            self.items += self.last["items"]
            pages = pages - 1 if pages else None


def check(folder):
    ticket = TrainTicket(folder)
    given = Server.given()
    ticket.imports(given, "given-state")
    ticket.read_everything(given, "mostly in memory")
    ticket.tenants_are_apart(given)
    ticket.half_open(given)
    ticket.import_again(given, "given-state")

    # Holds the file in memory once, but not twice: the text of a line has about the size of what is held of it.
    size = {"FLUSH_BYTES": str(ticket.bytes * 6 // 5), "MAX_OPEN_BYTES": "1GiB"}
    with programs.OwnServer("own", FLUSH_AGE="1h", **size) as own:
        server = own.client()
        ticket.imports(server, "own-state")
        ticket.walks(server, own)
        ticket.read_everything(server, "in objects")
        ticket.import_again(server, "own-state")


if __name__ == "__main__":
    checking.run("train_ticket", check)
