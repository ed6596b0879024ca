"""One run: events go in, a processor is killed, everything is found once."""

import contextlib
import time

from support import api
from support.checking import await_condition, expect, expect_equal, say

from .services import TENANT, Generator, Ingestor, Processor, Query, Settings


class Trial:
    def __init__(self, events, rate, seconds):
        """`seconds`: how long an answer may stay incomplete after a kill."""
        self._events = events
        self._rate = rate
        self._seconds = seconds
        self._settings = Settings()

    def run(self):
        with contextlib.ExitStack() as stack:
            ingestor = stack.enter_context(Ingestor(self._settings))
            ingestor.await_ready()
            processors = [stack.enter_context(Processor(self._settings, f"processor-{n}")) for n in (1, 2)]
            query = stack.enter_context(Query(self._settings))
            for program in [*processors, query]:
                program.await_ready()
            self._send_and_kill(stack, ingestor, processors, query)
            self._count(query, "after the kill")
            self._stop(ingestor, processors[1:], query)
            self._start_again(stack)

    def _send_and_kill(self, stack, ingestor, processors, query):
        generator = stack.enter_context(Generator(self._settings, [ingestor], self._events, self._rate))
        await_condition(lambda: self._found(query) >= self._events // 3, "a third of the events", 120)
        processors[0].kill()
        killed = time.monotonic()
        say("killed processor 1 by SIGKILL")
        await_condition(lambda: self._is_complete(query), "a complete answer after the kill", self._seconds)
        say(f"complete again {time.monotonic() - killed:.1f} s after the kill")
        await_condition(lambda: generator.has_ended, "the end of the generator", 120 + 2 * self._events // self._rate)
        expect(generator.status == 0, f"the generator ended with status {generator.status}: {generator.log()}")

    def _count(self, query, when):
        """Every event once, by all pages."""
        await_condition(lambda: self._is_complete(query), f"a complete answer {when}", self._seconds)
        began = time.monotonic()
        items = query.client().events(tenant_id=TENANT)
        keys = {item["order_key"] for item in items}
        expect_equal(len(keys), len(items), f"different events among those found {when}")
        expect_equal(len(items), self._events, f"events found {when}")
        say(f"{len(items):,} events found {when}, each once, in {time.monotonic() - began:.1f} s")

    def _stop(self, ingestor, processors, query):
        """SIGTERM: status 0, within the deadline. `stop` looks at the status."""
        for program in [ingestor, *processors, query]:
            began = time.monotonic()
            program.stop()
            took = time.monotonic() - began
            expect(took < 27, f"a stop took {took:.1f} s")
            say(f"{program.name} stopped in {took:.1f} s")

    def _start_again(self, stack):
        """What was open was written: new processes find it."""
        processor = stack.enter_context(Processor(self._settings, "processor-3"))
        query = stack.enter_context(Query(self._settings, "query-2"))
        for program in (processor, query):
            program.await_ready()
        self._count(query, "after a restart of all")

    def _found(self, query):
        """How many events there are, complete or not; 0 without an answer."""
        try:
            client = query.client()
            return sum(len(page["items"]) for page in client.pages_as_they_come(10_000, tenant_id=TENANT))
        except api.NO_ANSWER:
            return 0

    def _is_complete(self, query):
        try:
            return query.client().query(tenant_id=TENANT, limit=1)["complete"]
        except api.NO_ANSWER:
            return False
