"""One run: writers, faults, a checker, and the account at the end."""

import contextlib
import time

from support import programs as support_programs
from support.checking import await_condition, expect

from . import ledger, schedule
from .checker import Checker
from .effects import TROUBLES, Counters
from .faults import Faults
from .journal import AckHistory, Journal
from .programs import Agent, Server, can_rebuild_index
from .writer import Service, TruncatedService, Writers

# Names of services that spread over the partitions.
_SERVICES = ("orders", "users", "payments", "search", "stock")
_TRUNCATED = "truncated"
# Seconds until everything must have arrived once nothing is killed any more.
_DRAIN = 120


class Trial:
    def __init__(self, seed, events, rounds, rate, sabotage=None, spoil=None, flush_age="700ms", kinds=None):
        """`rate`: lines a second. `sabotage`, `spoil`: see `Faults` and `Checker`."""
        self._seed = seed
        self._events = events
        self._rate = rate
        self._sabotage = sabotage
        self._spoil = spoil
        self._flush_age = flush_age
        if kinds is None:
            kinds = [kind for kind in schedule.KINDS if can_rebuild_index() or "index" not in kind]
        # The faults take their time too: leave them the last tenth.
        self.plan = schedule.plan(seed, rounds, events / rate / rounds * 0.5, kinds)

    def run(self):
        """Whether all that was promised was kept. Prints the ledger."""
        logs = support_programs.SCRATCH / "logs"
        logs.mkdir(parents=True)
        rotation = max(self._events // 40, 200)
        services = [Service(name, logs, rotation, self._seed) for name in _SERVICES]
        truncated = TruncatedService(_TRUNCATED, logs, rotation, self._seed)
        self._writers = Writers([*services, truncated], self._events, self._rate)
        began = time.monotonic()
        with contextlib.ExitStack() as stack:
            server = stack.enter_context(Server(self._flush_age))
            agent = stack.enter_context(Agent(server, logs))
            journal = Journal(agent.state)
            history = stack.enter_context(AckHistory(journal))
            counters = stack.enter_context(Counters(server.client))
            faults = Faults(server, agent, journal, counters, self._sabotage)
            checker = stack.enter_context(
                Checker(server.client, services, history, self._seed, lambda: faults.last, self._spoil)
            )
            self._writers.start()
            stack.callback(self._writers.stop)
            self._disturb(faults)
            self._writers.join()
            expect(self._writers.failure is None, f"the writers failed: {self._writers.failure!r}")
            self._drain(server, journal, services)
            faults.settle()
            for part in (checker, history, counters):
                expect(part.failure is None, f"{type(part).__name__} failed: {part.failure!r}")
            first = self._account(server, [*services, truncated])
            # Once more, when nothing is in memory any more.
            agent.stop()
            server.stop()
            server.start()
            second = self._account(server, [*services, truncated])
        return self._report(first, second, services, truncated, journal, faults, checker, counters, began)

    def _disturb(self, faults):
        for fault in self.plan:
            time.sleep(fault.wait)
            faults.do(fault)

    def _drain(self, server, journal, services):
        def missing():
            acknowledged = journal.read()
            return sum(
                max(content.size - acknowledged.get(content.inode, 0), 0)
                for service in services
                for content in service.contents
            )

        deadline = time.monotonic() + _DRAIN
        while (bytes_left := missing()) and time.monotonic() < deadline:
            time.sleep(0.1)
        self._undelivered = bytes_left
        # For the truncated one, whose bytes nobody can count: as long as it may hold a copy.
        time.sleep(3)
        await_condition(lambda: server.is_ready, "a server that is ready")

    def _account(self, server, services):
        accounts, together = ledger.found(server.client(), services)
        return accounts, together

    def _report(self, first, second, services, truncated, journal, faults, checker, counters, began):
        accounts, together = second
        steady, cut = accounts[:-1], accounts[-1]
        sent = sum(ledger.lines_below(service, journal.cut()) for service in services)
        acknowledged = sum(ledger.lines_below(service, journal.read()) for service in services)
        print(f"  seed {self._seed}, {time.monotonic() - began:.0f} s, {sum(faults.done.values())} faults")
        ledger.print_faults(faults)
        ledger.print_answers(checker)
        ledger.print_lines("lines in files that are rotated by renaming", steady, sent, acknowledged)
        ledger.print_lines(
            "lines in a file that is cut after it was copied (what is written in between may be lost)", [cut], None, None
        )
        outside = [number for number in cut.lost if number not in truncated.exposed]
        print(f"    written between copy and cut: {len(truncated.exposed):,}, of these lost: {len(cut.lost) - len(outside):,}")
        troubles = {name: counters.total(name) for name in TROUBLES}
        print("\n  " + ", ".join(f"{name} {count}" for name, count in troubles.items()))
        failures = checker.lies + faults.problems
        failures += [f"{account.service.name} is not as it was written" for account in steady if not account.is_clean]
        if self._undelivered:
            failures.append(f"{self._undelivered:,} bytes were not acknowledged within {_DRAIN} s of peace")
        if outside:
            failures.append(f"{cut.service.name}: lost though not written between copy and cut: {ledger.brief(outside)}")
        if together != sum(account.events for account in accounts):
            failures.append(f"the query for all services has {together:,} events, the others together have not")
        if [account.once for account in first[0]] != [account.once for account in accounts]:
            failures.append("the account changed when everything was written and the server started again")
        if troubles["cordwood_dead_letter_events_total"]:
            failures.append(f"{troubles['cordwood_dead_letter_events_total']} events are dead letters")
        for failure in failures[:20]:
            print(f"  FAILED: {failure}")
        return not failures
