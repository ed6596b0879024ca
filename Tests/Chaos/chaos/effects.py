"""What faults did to the system, seen from outside: by the server's metrics and log, its folder, and the agent's journal."""

import contextlib
import re
import sqlite3
import threading

from support.background import Background
from support.checking import CheckFailed

_TORN = re.compile(r"log recovered .*dropped_bytes=(\d+)")
_OUTCOMES = "cordwood_processor_batches_total"
TROUBLES = (
    "cordwood_dead_letter_events_total",
    "cordwood_processor_lost_flushes_total",
    "cordwood_processor_failed_flushes_total",
)


class Counters(Background):
    """Sums of the server's counters over its lives, each of which begins at zero."""

    def __init__(self, client):
        super().__init__()
        self._client = client
        self._past = dict.fromkeys(("duplicates", *TROUBLES), 0)
        self._present = dict(self._past)
        # Events in the log and in memory, and in no object, at the last look.
        self.open_events = 0
        self._lock = threading.Lock()

    def look(self):
        """Notes what the running server says; what it counted since the last look before a kill is not known."""
        try:
            server = self._client()
            present = {"duplicates": server.metric(_OUTCOMES, outcome="duplicate")}
            present.update((name, server.metric(name)) for name in TROUBLES)
            self.open_events = server.metric("cordwood_processor_open_events")
        except (OSError, CheckFailed):
            return
        with self._lock:
            for name, value in present.items():
                if value < self._present[name]:
                    self._past[name] += self._present[name]
                self._present[name] = value

    def ended(self):
        """The server's life is over."""
        with self._lock:
            for name, value in self._present.items():
                self._past[name] += value
            self._present = dict.fromkeys(self._present, 0)

    def total(self, name):
        with self._lock:
            return self._past[name] + self._present[name]

    def _run(self):
        while not self._is_stopping.wait(0.2):
            self.look()


def torn_bytes(log):
    """Bytes of half-written records that starts of the server cut off."""
    return sum(map(int, _TORN.findall(log)))


def drafts(data):
    """Files of objects that are being written, or were when the server was killed."""
    try:
        return list((data / "objects/drafts").iterdir())
    except FileNotFoundError:
        return []


def stray_objects(data):
    """Keys of objects that no commit named: their flush was cut short between its first object and its commit. Only while
    no server runs."""
    folder = data / "objects/objects"
    stored = {str(path.relative_to(folder)) for path in folder.rglob("*.cwd")}
    return stored - named_objects(data)


def named_objects(data):
    """Keys of the objects that the index names. Only while no server runs."""
    index = data / "index.sqlite"
    if not index.exists():
        return set()
    with contextlib.closing(sqlite3.connect(f"file:{index}?mode=ro", uri=True)) as connection:
        try:
            return {key for (key,) in connection.execute("SELECT key FROM objects")}
        except sqlite3.OperationalError:
            # Killed before its tables were made.
            return set()
