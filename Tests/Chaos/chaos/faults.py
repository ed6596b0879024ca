"""Does what the schedule says, and notes whether it had an effect."""

import collections
import shutil
import time

from . import effects
from .programs import Agent, Server

# Seconds to wait at most for the moment of a fault.
_TIMING = 2


class Faults:
    """One at a time; after each, server and agent run (or start) again.

    `sabotage`, for self-tests: what goes wrong beyond what the system promises to survive. It is given this object after
    the agent (`agent_killed`) or the server (`server_killed`) was killed and before it is started again.
    """

    def __init__(self, server: Server, agent: Agent, journal, counters, sabotage=None):
        self.server = server
        self.agent = agent
        self.done = collections.Counter()
        # Kind of fault -> effect -> how often, or how many.
        self.effects = collections.defaultdict(collections.Counter)
        self.problems = []
        self._journal = journal
        self._counters = counters
        self._sabotage = sabotage
        self._kind = None
        self._duplicates = 0
        self._log_bytes = 0
        self._strays = set()

    @property
    def last(self):
        """The last one, done or under way, in words."""
        return f"after fault {sum(self.done.values())}, {self._kind}" if self._kind else "before the first fault"

    def do(self, fault):
        self.settle()
        self._kind = fault.kind
        if "batches" in fault.moment:
            self._await(self._journal.unanswered)
        elif "flush" in fault.moment:
            self._await(lambda: effects.drafts(self.server.data))
        match fault.kind:
            case "server killed" | "server killed again and again":
                for pause in fault.pauses:
                    self._kill_server()
                    self._restart_server(pause, is_awaited=False)
            case "agent killed" | "agent killed again and again":
                for pause in fault.pauses:
                    self._kill_agent()
                    time.sleep(pause)
                    self.agent.start()
            case "both killed":
                self._kill_agent()
                self._kill_server()
                self._restart_server(fault.pauses[0], is_awaited=False)
                self.agent.start()
            case "server killed while it starts":
                self._kill_server()
                self._restart_server(0, is_awaited=False)
                time.sleep(fault.pauses[0])
                if not self.server.is_ready:
                    self._saw("was not ready yet")
                self._kill_server()
                self._restart_server(0, is_awaited=False)
            case "server frozen":
                self._freeze(self.server, fault.pauses[0])
            case "agent frozen":
                self._freeze(self.agent, fault.pauses[0])
            case "index deleted and rebuilt":
                self._kill_server()
                self._rebuild_index()
                self._restart_server(fault.pauses[0], is_awaited=False)
        self.done[fault.kind] += 1
        self.server.await_ready()

    def settle(self):
        """Gives what was seen since the last fault to that one."""
        self._counters.look()
        duplicates = self._counters.total("duplicates")
        if self._kind is not None and duplicates > self._duplicates:
            self._saw("batches dropped that came twice", duplicates - self._duplicates)
        self._duplicates = duplicates
        log = self.server.log()
        torn = effects.torn_bytes(log[self._log_bytes :])
        self._log_bytes = len(log)
        if self._kind is not None and torn:
            self._saw("bytes of torn records cut off", torn)

    def _await(self, condition):
        deadline = time.monotonic() + _TIMING
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.0005)

    def _saw(self, effect, count=1):
        self.effects[self._kind][effect] += count

    def _kill_server(self):
        if self._counters.open_events:
            self._saw("events read again from the log", self._counters.open_events)
        self.server.kill()
        self._counters.ended()
        strays = effects.stray_objects(self.server.data)
        if strays - self._strays:
            self._saw("flushes cut short: their objects are named by nothing", len(strays - self._strays))
        self._strays |= strays
        if half := len(effects.drafts(self.server.data)):
            self._saw("flushes cut short: their objects are half written", half)
        if self._sabotage:
            self._sabotage.server_killed(self)

    def _restart_server(self, pause, is_awaited):
        time.sleep(pause)
        self.server.start(is_awaited)

    def _kill_agent(self):
        self.agent.kill()
        unanswered = self._journal.unanswered()
        if unanswered:
            self._saw("batches without an answer, to be sent again", unanswered)
        if self._sabotage:
            self._sabotage.agent_killed(self)

    def _freeze(self, program, pause):
        before = sum(self._journal.read().values())
        program.freeze()
        # What was under way is answered within the first moment.
        time.sleep(0.1)
        middle = sum(self._journal.read().values())
        time.sleep(pause)
        after = sum(self._journal.read().values())
        program.thaw()
        if after == middle:
            self._saw("acks stood still")
        if middle > before:
            self._saw("acks came until then")

    def _rebuild_index(self):
        before = effects.named_objects(self.server.data)
        for path in self.server.data.glob("index.sqlite*"):
            path.unlink()
        said = self.server.rebuild_index()
        missing = before - effects.named_objects(self.server.data)
        if missing:
            self.problems.append(
                f"a rebuilt index lacks {len(missing)} of {len(before)} objects, like {min(missing)}; it said: {said}"
            )
        else:
            self._saw("objects found again", len(before))


class NoJournal:
    """Breaks rule 1: the agent's journal is gone after a crash, so it reads everything again under another name."""

    def agent_killed(self, faults):
        shutil.rmtree(faults.agent.state)

    def server_killed(self, faults):
        pass


class CutLog:
    """Breaks rule 3: what was acknowledged is gone from the log."""

    _BYTES = 4_000

    def agent_killed(self, faults):
        pass

    def server_killed(self, faults):
        for partition in (faults.server.data / "log").iterdir():
            segments = sorted(partition.glob("*.segment")) if partition.is_dir() else []
            if segments:
                size = segments[-1].stat().st_size
                with open(segments[-1], "r+b") as segment:
                    segment.truncate(max(size - self._BYTES, 64))
