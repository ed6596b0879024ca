"""Somebody who asks for events all the time, whatever happens to the server."""

import collections
import random
import threading
import time

from . import events as event_files
from .api import NO_ANSWER
from .background import Background
from .checking import expect


class Reader(Background):
    """Asks for one service after the other, and checks each answer.

    Never is an event there twice. An answer that calls itself complete has all events that an earlier complete one had;
    and, once an import is done for a second, all of the file.
    """

    def __init__(self, client, events, seed):
        """`client` makes an `api.Server`; `events` are what every tenant is given."""
        super().__init__()
        self.events = events
        ordered = event_files.newest_first(events)
        self.in_order = [event for event in ordered if event.time is not None]
        self.retimed = [event for event in ordered if event.time is None]
        self._counts = {}
        for event in events:
            self._counts.setdefault(event.service, collections.Counter())[_identity(event)] += 1
        self._client = client
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self._tenants = {}
        self._seen = collections.defaultdict(int)
        self._answers = collections.Counter()

    def watch(self, tenant):
        """An import under this tenant begins."""
        self._state(tenant, None)

    def finished(self, tenant):
        """It is done: all was acknowledged."""
        self._state(tenant, time.monotonic())

    def _state(self, tenant, end):
        self._raise_failure()
        with self._lock:
            self._tenants[tenant] = end

    def _raise_failure(self):
        if self.failure is not None:
            raise self.failure

    def stop(self):
        self.__exit__(None, None, None)
        self._raise_failure()
        expect(self._answers["complete"], "the reader never had a complete answer")

    def summary(self):
        return (
            f"a reader had {self._answers['complete']:,} complete answers, {self._answers['incomplete']:,} incomplete ones, "
            f"{self._answers['none']:,} times none; never an event twice, never one missing from a complete answer"
        )

    def _run(self):
        server = self._client()
        while not self._is_stopping.wait(0.03):
            with self._lock:
                tenants = list(self._tenants.items())
            if not tenants:
                continue
            # The one that is under way, mostly.
            tenant, end = tenants[-1] if self._random.random() < 0.7 else self._random.choice(tenants)
            service = self._random.choice(list(self._counts))
            try:
                self._ask(server, tenant, service, is_done=end is not None and time.monotonic() > end + 1)
            except NO_ANSWER:
                self._answers["none"] += 1

    def _ask(self, server, tenant, service, is_done):
        found = collections.Counter()
        is_complete = True
        for page in server.pages_as_they_come(3_000, tenant_id=tenant, service=service):
            found.update(_identity(event_files.Event.of_item(item)) for item in page["items"])
            is_complete &= page["complete"]
        expected = self._counts[service]
        twice = next((identity for identity, count in found.items() if count > expected[identity]), None)
        expect(twice is None, f"{tenant}, {service}: an answer has an event {found[twice]} times: {twice}")
        self._answers["complete" if is_complete else "incomplete"] += 1
        if not is_complete:
            return
        count = found.total()
        seen = self._seen[tenant, service]
        expect(count >= seen, f"{tenant}, {service}: {count:,} events, an earlier complete answer had {seen:,}")
        self._seen[tenant, service] = count
        expect(
            not is_done or count == expected.total(),
            f"{tenant}, {service}: a complete answer has {count:,} events, {expected.total():,} were acknowledged",
        )


def _identity(event):
    """What an event is told by, which is not when it was received."""
    return event.time if event.original is None else event.original, event.message, event.trace_id, event.span_id
