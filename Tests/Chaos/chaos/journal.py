"""What the agent knows to be acknowledged, read from its journal while it runs.

The journal (Sources/Adapters/Disk/README.md) is what the agent itself goes by after a crash. A range of a file counts as
acknowledged here when all batches cut from it, and from everything before it, have their acknowledgement in the journal;
the agent writes it there after the answer came. So what this says is acknowledged, is.
"""

import collections
import os
import struct
import threading
import time

from support.background import Background
from support.checking import expect

_HEADER = 16
# A reader of another format would take what it does not know for acknowledgements.
_BEGINNING = struct.pack("<8sI", b"cwjournl", 2)


class _Cursor:
    def __init__(self, data):
        self._data = data
        self._at = 0

    def number(self, form):
        (value,) = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return value

    def varint(self):
        value = shift = 0
        while True:
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def text(self):
        length = self.varint()
        self._at += length
        return self._data[self._at - length : self._at].decode()

    def checkpoint(self):
        """Its offset; checksum and cursor are passed over."""
        offset = self.number("<Q")
        self.number("<I")
        self.skip()
        return offset

    def skip(self):
        length = self.varint()
        self._at += length

    @property
    def is_at_end(self):
        return self._at == len(self._data)


class _Source:
    def __init__(self):
        self.acknowledged = 0
        self.cut = 0
        # (end, [number of batches without an answer]), in the order of the file.
        self.open = collections.deque()


class Journal:
    """Follows one journal file through compactions and restarts of the agent. By several threads."""

    def __init__(self, folder):
        self._path = folder / "journal"
        self._file = None
        self._lock = threading.Lock()
        self._acknowledged = {}
        self._cut = {}
        self._begin()

    def _begin(self):
        self._position = _HEADER
        self._sources = {}
        self._batches = {}

    def read(self):
        """Acknowledged bytes of each file, by inode number. Never less than before."""
        with self._lock:
            self._follow()
            return dict(self._acknowledged)

    def cut(self):
        """Bytes of each file that were made into batches, by inode number."""
        with self._lock:
            return dict(self._cut)

    def unanswered(self):
        """Batches that were cut and not acknowledged."""
        with self._lock:
            self._follow()
            return len(self._batches)

    def _follow(self):
        try:
            status = os.stat(self._path)
        except FileNotFoundError:
            return
        if self._file is None or os.fstat(self._file.fileno()).st_ino != status.st_ino or status.st_size < self._position:
            if self._file is not None:
                self._file.close()
            # Kept open, so that no other file gets its inode number.
            self._file = open(self._path, "rb")
            self._begin()
        self._take()

    def _take(self):
        size = os.fstat(self._file.fileno()).st_size
        data = os.pread(self._file.fileno(), max(size - self._position, 0), self._position)
        if self._position == _HEADER and data:
            beginning = os.pread(self._file.fileno(), len(_BEGINNING), 0)
            expect(beginning == _BEGINNING, f"{self._path} begins with {beginning!r}, {_BEGINNING!r} is known here")
        at = 0
        while at + _HEADER <= len(data):
            length = struct.unpack_from("<I", data, at)[0]
            end = at + _HEADER + length
            if length == 0 or end > len(data):
                break
            self._apply(_Cursor(data[at + _HEADER : end]))
            at = end
        self._position += at

    def _apply(self, record):
        kind = record.number("<B")
        if kind == 3:
            self._entry(record)
        elif kind == 4:
            source = self._batches.pop((record.text(), record.text(), record.number("<Q")), None)
            if source is not None:
                key, batches = source
                batches[0] -= 1
                self._settle(key)
        elif kind == 5:
            key = record.text()
            source = self._sources.setdefault(key, _Source())
            source.acknowledged = max(source.acknowledged, record.checkpoint())
            self._settle(key)

    def _entry(self, record):
        key = record.text()
        end = record.checkpoint()
        source = self._sources.setdefault(key, _Source())
        source.cut = max(source.cut, end)
        batches = [record.varint()]
        for _ in range(batches[0]):
            name = (record.text(), record.text(), record.number("<Q"))
            record.number("<I")
            record.number("<q")
            record.skip()
            self._batches[name] = (key, batches)
        expect(record.is_at_end, f"an entry of {self._path} has another layout than is known here")
        source.open.append((end, batches))
        self._settle(key)

    def _settle(self, key):
        source = self._sources[key]
        while source.open and source.open[0][1][0] == 0:
            source.acknowledged = max(source.acknowledged, source.open.popleft()[0])
        # `file:inode:birth:head length:head checksum:generation:path`
        parts = key.split(":", 6)
        if len(parts) == 7 and parts[5] == "0":
            inode = int(parts[1])
            self._acknowledged[inode] = max(self._acknowledged.get(inode, 0), source.acknowledged)
            self._cut[inode] = max(self._cut.get(inode, 0), source.cut, source.acknowledged)


class AckHistory(Background):
    """What was acknowledged when: looks at the journal ten times a second."""

    _INTERVAL = 0.1

    def __init__(self, journal):
        super().__init__()
        self._journal = journal
        self._lock = threading.Lock()
        self._looks = []

    def before(self, moment):
        """Acknowledged bytes by inode at the last look that ended before `moment`."""
        with self._lock:
            looks = [look for look in self._looks if look[0] <= moment]
            return looks[-1][1] if looks else {}

    def _run(self):
        while not self._is_stopping.wait(self._INTERVAL):
            acknowledged = self._journal.read()
            with self._lock:
                self._looks = self._looks[-100:] + [(time.monotonic(), acknowledged)]
