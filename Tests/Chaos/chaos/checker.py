"""Somebody who asks every second, whatever happens, and believes no answer."""

import collections
import datetime
import json
import random
import time

from support.api import NO_ANSWER
from support.background import Background

from .lines import number_of
from .programs import TENANT

# What an answer that calls itself complete must have: what was acknowledged so long before it was asked for.
FRESHNESS = 1.0
_INTERVAL = 1.0
# Lines of one question, so that an answer costs little beside what is tested.
_LINES = 1_500


class Checker(Background):
    """Asks for ranges of acknowledged lines, new ones and old ones, and keeps each lie that it is told.

    A lie is an answer that calls itself complete on every page and lacks a line that was acknowledged `FRESHNESS` before
    the first page was asked for; or one, complete or not, that has a line twice.
    """

    def __init__(self, client, services, history, seed, last_fault, spoil=None):
        """`last_fault`: says which it was, for the reports. `spoil`: what a self-test does to the items of an answer before they are looked at."""
        super().__init__()
        self._client = client
        self._services = services
        self._history = history
        self._random = random.Random(f"{seed}/checker")
        self._last_fault = last_fault
        self._spoil = spoil or (lambda items: items)
        self.answers = collections.Counter()
        self.lies = []
        self.checked = 0
        self.reasons = collections.Counter()

    def _run(self):
        server = self._client()
        next_time = time.monotonic()
        while not self._is_stopping.wait(max(next_time - time.monotonic(), 0)):
            next_time = max(next_time + _INTERVAL, time.monotonic())
            try:
                self._ask_newest(server)
                self._ask_any(server)
                self._ask_one(server)
            except NO_ANSWER:
                self.answers["none"] += 1

    def _ask_newest(self, server):
        service = self._random.choice(self._services)
        began = time.monotonic()
        acknowledged = self._acknowledged(service, began)
        if acknowledged:
            self._ask_range(server, service, acknowledged, max(acknowledged[-1] - _LINES, 0), acknowledged[-1])

    def _ask_any(self, server):
        service = self._random.choice(self._services)
        acknowledged = self._acknowledged(service, time.monotonic())
        if acknowledged:
            first = self._random.choice(acknowledged)
            self._ask_range(server, service, acknowledged, first, first + _LINES)

    def _ask_one(self, server):
        """By what stands in it, at any time."""
        service = self._random.choice(self._services)
        acknowledged = self._acknowledged(service, time.monotonic())
        if acknowledged:
            number = self._random.choice(acknowledged)
            self._judge(server, {number}, service, contains=f"#{service.name}/{number:07d}#")

    def _ask_range(self, server, service, acknowledged, first, last):
        """All lines that were written from the time of line `first` to that of line `last`."""
        last = min(last, len(service.times) - 1)
        earliest = service.times[first] // 1_000_000
        latest = service.times[last] // 1_000_000 + 1
        expected = {number for number in acknowledged if first <= number <= last}
        self._judge(server, expected, service, from_ts=earliest, to_ts=latest)

    def _acknowledged(self, service, now):
        """Numbers in ascending order."""
        bytes_by_inode = self._history.before(now - FRESHNESS)
        numbers = []
        for content in list(service.contents):
            numbers.extend(content.numbers_below(bytes_by_inode.get(content.inode, 0)))
        return numbers

    def _judge(self, server, expected, service, **filters):
        began, start = datetime.datetime.now(datetime.timezone.utc), time.monotonic()
        found = collections.Counter()
        is_complete = True
        for page in server.pages_as_they_come(10_000, tenant_id=TENANT, service=service.name, **filters):
            for item in self._spoil(page["items"]):
                found[number_of(item["message"])] += 1
            is_complete &= page["complete"]
            if not page["complete"]:
                self.reasons.update(json.dumps(reason)[:160] for reason in page["incomplete_because"])
        self.answers["complete" if is_complete else "incomplete"] += 1
        asked = f"{self._last_fault()}, asked at {began:%H:%M:%S.%f} UTC, answered after {time.monotonic() - start:.3f} s"
        question = f"{service.name} {filters} ({asked})"
        twice = [number for number, count in found.items() if count > 1]
        if twice:
            self.lies.append(f"{question}: lines twice: {twice[:5]}")
        missing = sorted(number for number in expected if (service.name, number) not in found)
        if is_complete:
            self.checked += len(expected)
            if missing:
                self.lies.append(f"{question}: called complete, without {len(missing)} lines like {missing[:5]}")
