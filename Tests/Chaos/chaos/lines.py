"""Numbered lines, and what is known of each: where it stands, what it says, when it was written."""

import bisect
import datetime
import re
import zlib

# The number, and a checksum of what stands behind it: a line that was cut or joined does not fit it.
_MARK = re.compile(r"#(\S+)/(\d{7})#([0-9a-f]{8})# (.*)$", re.DOTALL)
_LEVELS = ("DEBUG", "INFO", "INFO", "INFO", "WARN", "ERROR")
# Some characters of two and three bytes, so that offsets are not numbers of characters.
_WORDS = "order paid user cart timeout München retry connection €42 shipped stock payment token miss hit".split()


def line(service, number, nanoseconds, random):
    """One line without its end."""
    time = datetime.datetime.fromtimestamp(nanoseconds // 1_000_000_000, datetime.timezone.utc)
    stamp = f"{time:%Y-%m-%dT%H:%M:%S}.{nanoseconds % 1_000_000_000 // 1_000:06d}Z"
    text = " ".join(random.choices(_WORDS, k=random.randrange(3, 15)))
    return f"{stamp} {random.choice(_LEVELS)} #{service}/{number:07d}#{zlib.crc32(text.encode()):08x}# {text}"


def number_of(message):
    """Service and number of the line that an event's message is, or None if it is not one as it was written."""
    mark = _MARK.search(message)
    if mark is None or int(mark[3], 16) != zlib.crc32(mark[4].encode()):
        return None
    return mark[1], int(mark[2])


class Content:
    """What one file was given: lines of one service from `first` on."""

    def __init__(self, inode, first):
        self.inode = inode
        self.first = first
        self._ends = []

    def add(self, end):
        """One line more; the file has `end` bytes with it."""
        self._ends.append(end)

    @property
    def size(self):
        return self._ends[-1] if self._ends else 0

    def numbers_below(self, offset):
        """The lines that stand whole before `offset`."""
        return range(self.first, self.first + bisect.bisect_right(self._ends, offset))
