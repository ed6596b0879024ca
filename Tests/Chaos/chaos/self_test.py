"""Shows that a run fails when it should: each time something is broken that the system's promises rest on."""

import contextlib
import dataclasses
import io
import shutil
from typing import Callable

from support import programs
from support.checking import CheckFailed

from .faults import CutLog, NoJournal
from .trial import Trial


@dataclasses.dataclass(frozen=True)
class Break:
    what: str
    # What the report must say.
    expected: str
    make: Callable


def _hide_one(items):
    return items[1:]


def _short(seed, **breaking):
    return Trial(seed, events=12_000, rounds=4, rate=2_000, **breaking)


_BREAKS = (
    Break("nothing", "", lambda seed: _short(seed)),
    Break(
        "the agent's journal is gone after each crash",
        "twice",
        lambda seed: _short(seed, sabotage=NoJournal(), kinds=["agent killed"]),
    ),
    Break(
        "the newest of the server's log is gone after each crash",
        # Below the mark of the durable end it is a gap, of which every answer over that time tells.
        "is not complete: [{'code': 'gap'",
        lambda seed: _short(seed, sabotage=CutLog(), kinds=["server killed"], flush_age="60s"),
    ),
    Break("an event is missing from each page", "called complete, without", lambda seed: _short(seed, spoil=_hide_one)),
)


def run(seed):
    """Whether each was noticed."""
    results = [_try(number, case, seed) for number, case in enumerate(_BREAKS)]
    return all(results)


def _try(number, case, seed):
    whole = programs.SCRATCH
    programs.SCRATCH = whole / str(number)
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output):
            passed = case.make(seed).run()
    except CheckFailed as failure:
        passed, output = False, io.StringIO(f"{output.getvalue()}\n{failure}")
    except Exception as failure:  # noqa: BLE001, whatever it is, it is not what was expected
        passed, output = None, io.StringIO(f"{output.getvalue()}\n{failure!r}")
    finally:
        shutil.rmtree(programs.SCRATCH, ignore_errors=True)
        programs.SCRATCH = whole
    said = output.getvalue()
    is_right = passed is True if not case.expected else passed is False and case.expected in said
    print(f"chaos: broken: {case.what}: {'as expected' if is_right else 'NOT AS EXPECTED'}", flush=True)
    if not is_right:
        print(said)
    elif case.expected:
        print("".join(f"  {line.strip()}\n" for line in said.splitlines() if case.expected in line)[:400], end="")
    return is_right
