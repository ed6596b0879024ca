"""Log files that are followed come back line for line, also while they grow and are rotated.

`tail.py FOLDER` reads FOLDER/loghub/*.log; see Scripts/test-data.sh. The files are followed as they are; then they are
copied in piece by piece, pieces that end anywhere, while they are renamed and begun anew, and the agent is killed and
started again. Each line must be there once, by file and offset, its text as it was but for the line end.
CORDWOOD_TEST_SEED repeats the pieces.
"""

import collections
import os
import pathlib
import random
import time

from support import checking, programs, events as event_files
from support.api import Server
from support.checking import await_condition, expect, expect_equal, say

SEED = int(os.environ.get("CORDWOOD_TEST_SEED", time.time_ns() % 1_000_000))
# Bytes of a piece at most, and how often after one the file is rotated, the agent killed.
PIECE = 9_000
ROTATION = 0.06
KILL = 0.01


def lines(content):
    """Offset and text of each line."""
    found, offset = [], 0
    for line in content.split(b"\n"):
        if offset < len(content):
            found.append((offset, line.removesuffix(b"\r")))
        offset += len(line) + 1
    return found


class GrowingFile:
    """A file whose content comes in pieces, and which is renamed to NAME.1, NAME.2 and so on meanwhile."""

    def __init__(self, source, folder, chance):
        self.path = folder / source.name
        self._content = source.read_bytes()
        self._chance = chance
        self._written = 0
        # What each file that had the name got.
        self._parts = [b""]
        self._file = open(self.path, "wb", buffering=0)

    @property
    def is_whole(self):
        return self._written == len(self._content)

    @property
    def rotations(self):
        return len(self._parts) - 1

    def grow(self):
        end = min(self._written + self._chance.randrange(1, PIECE), len(self._content))
        is_rotated = self._chance.random() < ROTATION
        if is_rotated:
            # At the end of a line, for the line's rest would be another file's: but what it takes to get there is written
            # when the file is renamed already.
            end = self._content.find(b"\n", end - 1) + 1 or len(self._content)
            os.rename(self.path, f"{self.path}.{len(self._parts)}")
        self._file.write(self._content[self._written : end])
        self._parts[-1] += self._content[self._written : end]
        self._written = end
        if is_rotated:
            self._file.close()
            self._file = open(self.path, "wb", buffering=0)
            self._parts.append(b"")

    def close(self):
        self._file.close()

    def expected(self):
        """(offset, text) of every line, of all files that had the name."""
        return collections.Counter(line for part in self._parts for line in lines(part))


def expect_lines(server, tenant, path, expected):
    # Called by the name under which it was first seen: NAME, or NAME.1 if it was renamed before anybody looked.
    items = [
        item
        for item in server.events(tenant_id=tenant, service=path.stem)
        if item["resource"]["file"].startswith(str(path))
    ]
    found = collections.Counter((item["attributes"]["offset"], event_files.message(item)) for item in items)
    for line in expected:
        expect(found[line] >= expected[line], f"{path.name}: the line at {line[0]} is not there: {line[1]!r}")
    for line in found:
        expect(found[line] <= expected[line], f"{path.name}: {found[line]} times, not {expected[line]}: {line!r}")


def await_events(server, tenant, count):
    """Waits until so many are there; what is beyond is found by `expect_lines`."""

    def is_there():
        return sum(len(page["items"]) for page in server.pages(10_000, tenant_id=tenant)) >= count

    await_condition(is_there, f"{count:,} events of {tenant}", seconds=60)


def check_still(server, paths):
    """Files that do not change."""
    with programs.TailAgent("still", server.grpc, "still", "--partial-line-timeout", "300ms", *paths):
        expected = {path: collections.Counter(lines(path.read_bytes())) for path in paths}
        count = sum(counter.total() for counter in expected.values())
        await_events(server, "still", count)
        for path in paths:
            expect_lines(server, "still", path, expected[path])
        expect_equal(len(server.events(tenant_id="still")), count, "events of all files")
    say(f"{count:,} lines of {len(paths)} files that do not change: each once by file and offset")


def check_growing(server, paths):
    """Files that grow and are rotated, while the agent is killed now and then."""
    chance = random.Random(SEED)
    folder = programs.SCRATCH / "growing"
    folder.mkdir()
    files = [GrowingFile(path, folder, chance) for path in paths]
    kills = 0
    # Pieces come far quicker than this: a line's second half is never late, but a file's last line has no end.
    settings = ("--partial-line-timeout", "10s")
    with programs.TailAgent("growing", server.grpc, "growing", *settings, folder / "*.log*") as agent:
        while unfinished := [file for file in files if not file.is_whole]:
            chance.choice(unfinished).grow()
            time.sleep(chance.uniform(0, 0.02))
            if chance.random() < KILL:
                agent.kill()
                kills += 1
                agent.start()
        for file in files:
            file.close()
        expected = {file: file.expected() for file in files}
        count = sum(counter.total() for counter in expected.values())
        await_events(server, "growing", count)
        for file in files:
            expect_lines(server, "growing", file.path, expected[file])
        expect_equal(len(server.events(tenant_id="growing")), count, "events of all files")
        agent.stop()
    rotations = sum(file.rotations for file in files)
    say(
        f"{count:,} lines of {len(files)} files that grew, with {rotations} rotations and {kills} kills of the agent: "
        f"each once by file and offset; seed {SEED}"
    )


def check(folder):
    paths = sorted(pathlib.Path(folder).glob("loghub/*.log"))
    expect(paths, f"there are no files in {folder}/loghub")
    server = Server.given()
    check_still(server, paths)
    check_growing(server, paths)
    expect_equal(server.metric("cordwood_dead_letter_events_total"), 0, "dead letters")


if __name__ == "__main__":
    checking.run("tail", check)
