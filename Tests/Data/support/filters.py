"""Filters of the query API, and what they mean, by brute force."""

import collections

from .events import LEVELS

# Of a text to look for.
MAXIMUM_BYTES = 4_096
ABSENT = "no line says this: 3f9c\u2603"


def matches(event, time, level=None, min_level=None, contains=None, from_ts=None, to_ts=None, trace_id=None):
    """Whether an event that is at `time` passes the filters of a request."""
    severity = LEVELS[event.level]
    return (
        (level is None or severity == LEVELS[level.upper()])
        and (min_level is None or severity >= LEVELS[min_level.upper()])
        and (contains is None or contains.encode() in event.message)
        and (from_ts is None or time >= from_ts * 1_000_000)
        and (to_ts is None or time < to_ts * 1_000_000)
        and (trace_id is None or event.trace_id == trace_id.lower())
    )


def samples(events, random):
    """Requests that try every filter on these events, and how they work together."""
    requests = [{"level": level} for level in LEVELS] + [{"min_level": level} for level in LEVELS]
    requests += [{"level": "error"}, {"level": "ERROR", "min_level": "warn"}]
    requests += [{"contains": needle} for needle in needles(events, random)]

    times = sorted(event.time // 1_000_000 for event in events if event.time is not None)
    bounds = [times[len(times) * part // 7] for part in range(7)] + [times[-1] + 1]
    requests += [{"from_ts": start, "to_ts": end} for start, end in zip(bounds, bounds[1:])]
    requests += [{"to_ts": bounds[3]}, {"from_ts": bounds[3]}, {"from_ts": bounds[2], "to_ts": bounds[2]}]

    traces = collections.Counter(event.trace_id for event in events if event.trace_id).most_common()
    requests += [{"trace_id": traces[place][0]} for place in (0, len(traces) // 2, -1)]
    requests += [{"trace_id": traces[0][0].upper()}, {"trace_id": "f" * 32}]

    service = random.choice(events).service
    requests += [
        {"service": service, "min_level": "WARN"},
        {"service": service, "from_ts": bounds[1], "to_ts": bounds[5], "contains": "a"},
        {"trace_id": traces[0][0], "contains": traces[0][0][:9], "level": "INFO"},
        {"service": "no-such-service"},
    ]
    return requests


def needles(events, random):
    """Texts to look for: pieces of messages of all lengths, some of them with unusual characters, and absent ones."""
    texts = [event.message.decode() for event in random.sample(events, 12)]
    found = []
    for size, text in zip([1, 2, 3, 4, 5, 8, 13, 21, 34, 55, 89, 144], texts):
        start = random.randrange(max(1, len(text) - size))
        found.append(text[start : start + size])
    longest = max((event.message for event in events), key=len).decode()
    longest = longest.encode()[:MAXIMUM_BYTES].decode(errors="ignore")
    unusual = [event.message.decode() for event in events if not event.message.isascii()]
    for text in random.sample(unusual, min(3, len(unusual))):
        place = next(place for place, character in enumerate(text) if not character.isascii())
        found += [text[place], text[max(0, place - 2) : place + 3]]
    return found + [
        longest,
        longest[-20:],
        "[.[.[",
        '"status":500',
        "\\",
        "%",
        "ERROR",
        "error",
        " ",
        ABSENT,
        "\u0000",
        "",
    ]
