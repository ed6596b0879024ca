"""Plain log files, as their programs wrote them, come back line for line.

`web.py FOLDER` reads FOLDER/web/*.gz and FOLDER/loghub/*.log; see Scripts/test-data.sh. Each file becomes JSON lines on the
fly, with its name and the number of the line as attributes, and goes to the agent through a pipe or as a file. Lines keep
their carriage returns; many are in a file more than once.
"""

import datetime
import gzip
import json
import pathlib
import random
import re
import subprocess

from support import byte_texts, checking, programs, events as event_files
from support.api import Server
from support.checking import expect, expect_equal, say

TENANT = "web"
ACCESS_TIME = re.compile(rb"\[(\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]")


class LogFile:
    def __init__(self, path):
        self.path = path
        self.name = f"{path.parent.name}/{path.name}"
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        # A last line without an end is a line; nothing after the last end is none.
        self.lines = content.split(b"\n")
        if not self.lines[-1]:
            self.lines.pop()

    def json_lines(self):
        for number, line in enumerate(self.lines, 1):
            expect(byte_texts.is_utf8(line), f"{self.name}, line {number}: this check makes JSON of UTF-8 only")
            fields = {"at": self.time(number, line), "file": self.name, "line": number, "text": line.decode()}
            yield json.dumps(fields).encode() + b"\n"

    def time(self, number, line):
        """An access log's own times, which do not always rise; else one time for every hundred lines."""
        stamp = ACCESS_TIME.search(line)
        if stamp:
            return datetime.datetime.strptime(stamp[1].decode(), "%d/%b/%Y:%H:%M:%S %z").isoformat()
        return 1_700_000_000 + number // 100

    def import_lines(self, server, by_pipe):
        arguments = ["--service", self.name, "--timestamp-field", "at", "--message-field", "text"]
        state = f"state of {self.path.name}"
        if by_pipe:
            agent = programs.start_import(
                "-", server.grpc, TENANT, state, *arguments, stdin=subprocess.PIPE, text=False
            )
            output = agent.communicate(b"".join(self.json_lines()), timeout=60)[0].decode()
            expect_equal(agent.returncode, 0, f"status of the import of {self.name}: {output}")
        else:
            path = programs.SCRATCH / f"{self.path.name}.ndjson"
            path.write_bytes(b"".join(self.json_lines()))
            output = programs.run_import(path, server.grpc, TENANT, state, *arguments)
        expect(f"{len(self.lines):,} event" in output, f"the import of {self.name} says: {output}")

    def expect_all(self, server, random):
        items = server.events(limit=1_000, tenant_id=TENANT, service=self.name)
        found = {}
        for item in items:
            attributes = item["attributes"]
            expect_equal(attributes.get("file"), self.name, f"file of an event of {self.name}")
            number = attributes["line"]
            expect(number not in found, f"{self.name}, line {number} is there twice")
            found[number] = event_files.message(item)
        for number, line in enumerate(self.lines, 1):
            expect(number in found, f"{self.name}, line {number} is not there")
            expect(found[number] == line, f"{self.name}, line {number} came back as {found[number]!r}, it is {line!r}")
        expect_equal(len(found), len(self.lines), f"lines of {self.name}")
        self.expect_order(items)
        for _ in range(3):
            self.expect_found(server, random)

    def expect_order(self, items):
        """Newest first, lines of one time in the order of the file, reversed."""
        order = [(int(item["timestamp_ns"]), item["attributes"]["line"]) for item in items]
        expect(order == sorted(order, reverse=True), f"{self.name}: not newest first")

    def expect_found(self, server, random):
        line = random.choice(self.lines)
        start = random.randrange(len(line) or 1)
        needle = line[start : start + random.randrange(1, 40)].decode()
        items = server.events(tenant_id=TENANT, service=self.name, contains=needle)
        expect_equal(
            {item["attributes"]["line"] for item in items},
            {number for number, line in enumerate(self.lines, 1) if needle.encode() in line},
            f"lines of {self.name} that contain {needle!r}",
        )


def check(folder):
    paths = sorted([*pathlib.Path(folder).glob("web/*.gz"), *pathlib.Path(folder).glob("loghub/*.log")])
    expect(paths, f"there are no files in {folder}/web and {folder}/loghub")
    server = Server.given()
    files = [LogFile(path) for path in paths]
    for place, file in enumerate(files):
        file.import_lines(server, by_pipe=place % 2 == 0)
    for file in files:
        file.expect_all(server, random.Random(file.name))
    lines = sum(len(file.lines) for file in files)
    repeated = lines - sum(len(set(file.lines)) for file in files)
    expect_equal(len(server.events(tenant_id=TENANT)), lines, "events of all files")
    say(
        f"{lines:,} lines of {len(files)} files, {repeated:,} of them repeated ones, came back unchanged, each by file and line"
    )


if __name__ == "__main__":
    checking.run("web", check)
