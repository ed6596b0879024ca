"""The events that a file of JSON lines holds, in the order in which a server must answer them."""

import base64
import gzip
import json
import typing

from .checking import brief, expect

LEVELS = {"TRACE": 1, "DEBUG": 5, "INFO": 9, "WARN": 13, "ERROR": 17, "FATAL": 21}


class Event(typing.NamedTuple):
    """`time` is None where the server gives the time of receipt; then `original` is the one that the file has."""

    time: int | None
    original: int | None
    service: str
    level: str
    message: bytes
    trace_id: str | None
    span_id: str | None
    attributes: dict

    @classmethod
    def of_line(cls, line):
        fields = json.loads(line)
        time = fields["timestamp_ns"]
        expect(fields["level"] in LEVELS, f"these checks do not know the level {fields['level']!r}")
        return cls(
            time if time >= 0 else None,
            time if time < 0 else None,
            fields["service"],
            fields["level"],
            fields["message"].encode(),
            fields.get("trace_id"),
            fields.get("span_id"),
            fields.get("attributes", {}),
        )

    @classmethod
    def of_item(cls, item):
        time = int(item["timestamp_ns"])
        original = int(item["original_timestamp_ns"]) if "original_timestamp_ns" in item else None
        return cls(
            time if original is None else None,
            original,
            item["service"],
            item["level"],
            message(item),
            item["trace_id"],
            item["span_id"],
            item["attributes"],
        )


def message(item):
    """The bytes of an item's message."""
    return base64.b64decode(item["message_base64"]) if "message_base64" in item else item["message"].encode()


def read(path):
    """All events of the file, in its order."""
    with gzip.open(path) as lines:
        return [Event.of_line(line) for line in lines]


def newest_first(events, receipts=None):
    """The order of answers: by time, service, and place in the file, all falling.

    Without `receipts` (times of receipt by place in the file) the retimed events are the newest ones.
    """

    def key(place):
        event = events[place]
        time = event.time
        if time is None:
            time = receipts[place] if receipts else float("inf")
        return time, event.service.encode(), place

    return [events[place] for place in sorted(range(len(events)), key=key, reverse=True)]


def expect_same(items, expected, what):
    """Each expected event once, in this order, with everything that the file says of it."""
    for place, (item, event) in enumerate(zip(items, expected)):
        found = Event.of_item(item)
        if found != event:
            field = next(name for name, left, right in zip(Event._fields, found, event) if left != right)
            expect(
                False,
                (
                    f"{what}: event {place:,} has another {field} than the file: "
                    f"{brief(getattr(found, field))}, expected {brief(getattr(event, field))} (message {brief(event.message)})"
                ),
            )
    expect(len(items) == len(expected), f"{what}: {len(items):,} events, the file has {len(expected):,}")
    keys = {item["order_key"] for item in items}
    expect(len(keys) == len(items), f"{what}: {len(items) - len(keys)} events share an order_key with another one")
