"""Imports that are interrupted at 20 random moments and run again: each event once, at the end and all the time.

`interruptions.py FOLDER` reads FOLDER/microservices/train-ticket.ndjson.gz; see Scripts/test-data.sh. The agent is killed,
the server is killed, both are, or the agent is told to stop; then they are started again, until the import is done. When
it is, another one begins under another tenant, until there were enough interruptions. A reader asks all the while.
CORDWOOD_TEST_SEED repeats the choice of moments, CORDWOOD_TEST_INTERRUPTIONS says how many there are.
"""

import collections
import itertools
import os
import pathlib
import random
import signal
import time

from support import checking, events as event_files, programs
from support.checking import expect, say
from support.reader import Reader

SEED = int(os.environ.get("CORDWOOD_TEST_SEED", time.time_ns() % 1_000_000))
INTERRUPTIONS = int(os.environ.get("CORDWOOD_TEST_INTERRUPTIONS", 20))
TROUBLES = (
    "cordwood_dead_letter_events_total",
    "cordwood_ingest_refused_batches_total",
    "cordwood_processor_lost_flushes_total",
    "cordwood_processor_failed_flushes_total",
    "cordwood_troubles_total",
)
KINDS = ("agent killed", "server killed", "both killed", "agent told to stop")


class Interruptions:
    def __init__(self, path, own, reader):
        self.path = path
        self.events = reader.events
        self.own = own
        self.reader = reader
        self.random = random.Random(SEED)
        # Each kind as often as the others, in random order.
        self.planned = [kind for _, kind in zip(range(INTERRUPTIONS), itertools.cycle(KINDS))]
        self.random.shuffle(self.planned)
        self.done = collections.Counter()
        self.duplicates = 0
        self.imports = 0

    def run(self):
        whole = self.import_undisturbed()
        say(f"an undisturbed import takes {whole:.2f} s; seed {SEED}")
        while self.planned:
            self.import_interrupted(whole)
        self.take_stock()
        say(
            f"{self.imports} imports interrupted {sum(self.done.values())} times ("
            + ", ".join(f"{kind} {count}" for kind, count in sorted(self.done.items()))
            + f"): each of {len(self.events):,} events once in each; {self.duplicates:,} batches came twice and were kept once"
        )

    def import_undisturbed(self):
        """Seconds that it takes."""
        began = time.monotonic()
        programs.run_import(self.path, self.own.grpc, "undisturbed", "undisturbed-state")
        seconds = time.monotonic() - began
        self.verify("undisturbed")
        return seconds

    def import_interrupted(self, whole):
        """One import, for as long as it takes."""
        self.imports += 1
        tenant = f"interrupted-{self.imports}"
        self.reader.watch(tenant)
        agent = self.start_agent(tenant)
        while self.planned:
            time.sleep(self.random.uniform(0, whole * 0.6))
            if agent.poll() is not None:
                break
            agent = self.interrupt(agent, self.planned.pop(), tenant)
        output, _ = agent.communicate(timeout=120)
        expect(agent.returncode == 0, f"the import of {tenant} ended with status {agent.returncode}: {output}")
        self.verify(tenant)

    def interrupt(self, agent, kind, tenant):
        """Does it, sees to it that server and agent run again, and returns the agent."""
        if "agent" in kind or "both" in kind:
            agent.send_signal(signal.SIGINT if "stop" in kind else signal.SIGKILL)
        if "server" in kind or "both" in kind:
            self.take_stock()
            self.own.kill()
            time.sleep(self.random.uniform(0, 0.2))
            self.own.start()
        self.done[kind] += 1
        if "agent" not in kind and "both" not in kind:
            return agent
        output, _ = agent.communicate(timeout=30)
        # A signal within the first milliseconds ends it before it has begun, as it ends any program.
        if "stop" in kind and agent.returncode != 0 and (agent.returncode, output) != (-signal.SIGINT, ""):
            expect(
                agent.returncode == 1 and "run the same command again" in output,
                f"after SIGINT the import ended with status {agent.returncode}: {output}",
            )
        return self.start_agent(tenant)

    def start_agent(self, tenant):
        return programs.start_import(self.path, self.own.grpc, tenant, f"{tenant}-state")

    def take_stock(self):
        """Before each end of the server: its metrics begin at zero with each start."""
        server = self.own.client()
        self.duplicates += server.metric("cordwood_processor_batches_total", outcome="duplicate")
        for trouble in TROUBLES:
            expect(
                server.metric(trouble) == 0, f"{trouble} is {server.metric(trouble)}, though no batch was ever wrong"
            )

    def verify(self, tenant):
        """All that the file has, once each, in order; the order of events at the time of receipt is not told by the file."""
        items = self.own.client().events(tenant_id=tenant)
        retimed = [item for item in items if "original_timestamp" in item]
        rest = [item for item in items if "original_timestamp" not in item]
        event_files.expect_same(rest, self.reader.in_order, tenant)
        found = sorted(map(repr, map(event_files.Event.of_item, retimed)))
        expect(
            found == sorted(map(repr, self.reader.retimed)),
            f"{tenant}: the events with an impossible time are not there once each",
        )
        self.reader.finished(tenant)


def check(folder):
    path = pathlib.Path(folder) / "microservices/train-ticket.ndjson.gz"
    events = event_files.read(path)
    # Small flushes, so that some of the moments are within one.
    with programs.OwnServer("own", FLUSH_AGE="700ms", FLUSH_BYTES="4MiB") as own, Reader(
        own.client, events, SEED
    ) as reader:
        Interruptions(path, own, reader).run()
        reader.stop()
        say(reader.summary())


if __name__ == "__main__":
    checking.run("interruptions", check)
