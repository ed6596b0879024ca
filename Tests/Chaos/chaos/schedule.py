"""Which faults come, in which order, after which pauses: a function of the seed alone."""

import dataclasses
import random

# Each with how often it comes, compared with the others.
KINDS = {
    "server killed": 4,
    "agent killed": 4,
    "both killed": 3,
    "server killed again and again": 2,
    "agent killed again and again": 2,
    "server killed while it starts": 2,
    "server frozen": 2,
    "agent frozen": 2,
    "index deleted and rebuilt": 2,
}

# Some windows are a millisecond wide: no random moment would hit them.
MOMENTS = ("at any moment", "with batches under way", "with a flush under way")


@dataclasses.dataclass(frozen=True)
class Fault:
    kind: str
    # Seconds of peace before it.
    wait: float
    # What it then waits for: one of `MOMENTS`.
    moment: str
    # Seconds that the program is away or frozen; several for those that are killed several times.
    pauses: tuple

    def __str__(self):
        return f"after {self.wait:.2f} s, {self.moment}: {self.kind} {self.pauses}"


def plan(seed, rounds, mean_wait, kinds):
    """Each of `kinds` at least once where there are enough rounds, in random order."""
    source = random.Random(seed)
    chosen = list(kinds)
    source.shuffle(chosen)
    chosen = chosen[:rounds]
    weights = [KINDS[kind] for kind in kinds]
    chosen += source.choices(list(kinds), weights, k=rounds - len(chosen))
    source.shuffle(chosen)
    return [_fault(kind, mean_wait, source) for kind in chosen]


def _fault(kind, mean_wait, source):
    # Mostly short, sometimes long.
    wait = min(source.expovariate(1 / mean_wait), 4 * mean_wait)
    if "again" in kind:
        pauses = tuple(source.uniform(0.02, 0.6) for _ in range(source.randrange(2, 5)))
    elif "starts" in kind:
        pauses = (source.uniform(0, 0.15),)
    elif "frozen" in kind:
        pauses = (source.uniform(0.3, 2.5),)
    else:
        pauses = (source.choice((0, 0, source.uniform(0, 1.5))),)
    return Fault(kind, wait, source.choice(MOMENTS), pauses)
