"""Services that write their logs, and rotate them."""

import os
import random
import threading
import time

from .lines import Content, line

# One in so many lines is written in two halves, with a pause between them.
_HALVES = 40
_HALF_PAUSE = 0.02


class Service:
    """One growing log, rotated by renaming: app.log -> app.log.1 -> app.log.2 and so on."""

    truncates = False

    def __init__(self, name, folder, rotation, seed):
        """`rotation`: lines after which a file is rotated, more or less."""
        self.name = name
        self.contents = []
        # When line n was written, which the line itself says.
        self.times = []
        self._path = folder / f"{name}.log"
        self._rotation = rotation
        self._random = random.Random(f"{seed}/{name}")
        self._rotated = 0
        self._open()

    def write(self, count):
        for _ in range(count):
            now, text = self._next_line()
            is_rotated = self._due <= 0
            if self._random.randrange(_HALVES) == 0:
                middle = self._random.randrange(1, len(text))
                self._put(text[:middle])
                # The file may well be renamed while its last line is half there.
                if is_rotated:
                    self._rename()
                time.sleep(_HALF_PAUSE)
                self._put(text[middle:])
            else:
                if is_rotated:
                    self._rename()
                self._put(text)
            self._count(now)
            if is_rotated:
                self._file.close()
                self._open()

    def close(self):
        self._file.close()

    def _next_line(self):
        """When it is written and what it says."""
        # To the microsecond that the line shows, and each later than the one before.
        now = time.time_ns() // 1_000 * 1_000
        if self.times:
            now = max(now, self.times[-1] + 1_000)
        return now, line(self.name, len(self.times), now, self._random).encode() + b"\n"

    def _count(self, now):
        self.contents[-1].add(self._file.tell())
        self.times.append(now)
        self._due -= 1

    def _put(self, text):
        self._file.write(text)

    def _open(self):
        self._file = open(self._path, "ab", buffering=0)
        self.contents.append(Content(os.fstat(self._file.fileno()).st_ino, len(self.times)))
        self._plan_rotation()

    def _plan_rotation(self):
        self._due = self._random.randrange(self._rotation // 2, self._rotation * 3 // 2)

    def _make_room(self):
        """For a new app.log.1."""
        for number in range(self._rotated, 0, -1):
            os.rename(f"{self._path}.{number}", f"{self._path}.{number + 1}")
        self._rotated += 1

    def _rename(self):
        """A writer that does not know it yet still writes into the renamed file."""
        self._make_room()
        os.rename(self._path, f"{self._path}.1")


class TruncatedService(Service):
    """Rotated by copying and cutting to nothing, as copytruncate does. Lines that come in between are lost with the cut,
    if nobody reads them in time."""

    truncates = True

    def __init__(self, *arguments):
        self.exposed = set()
        super().__init__(*arguments)

    def write(self, count):
        for _ in range(count):
            self._append()
            if self._due <= 0:
                self._copy_and_cut()

    def _append(self):
        now, text = self._next_line()
        self._put(text)
        self._count(now)

    def _copy_and_cut(self):
        self._make_room()
        with open(f"{self._path}.1", "wb") as copy:
            copy.write(self._path.read_bytes())
        # Written behind the copy: only who reads quickly gets them.
        for _ in range(self._random.randrange(3)):
            self.exposed.add(len(self.times))
            self._append()
        os.truncate(self._path, 0)
        self._plan_rotation()


class Writers:
    """All services, written to in a thread of its own until so many lines are there: in a burst each second, so that there
    is something under way when something is killed."""

    _TICK = 0.02
    # Of each second.
    _BURST = 0.4

    def __init__(self, services, count, rate):
        """`rate`: lines a second of all of them together."""
        self.services = services
        self._count = count
        self._rate = rate
        self._thread = threading.Thread(target=self._run)
        self._is_stopping = threading.Event()
        self.failure = None

    def start(self):
        self._thread.start()

    def stop(self):
        """Ends before all is written."""
        self._is_stopping.set()
        self._thread.join()

    @property
    def is_done(self):
        return not self._thread.is_alive()

    def join(self):
        self._thread.join()

    def _run(self):
        try:
            self._write()
        except Exception as failure:  # noqa: BLE001, told by whoever waits for this thread
            self.failure = failure
        for service in self.services:
            service.close()

    def _write(self):
        began = time.monotonic()
        written = 0
        while written < self._count and not self._is_stopping.is_set():
            seconds, rest = divmod(time.monotonic() - began, 1)
            due = min(int((seconds + min(rest / self._BURST, 1)) * self._rate) + 1, self._count)
            # Each line to the service whose turn it is: which line goes where does not depend on the time.
            for index, service in enumerate(self.services):
                turns = range(written, due)
                service.write(sum(1 for turn in turns if turn % len(self.services) == index))
            written = due
            time.sleep(self._TICK)
