"""How a check fails and what it says."""

import sys
import time


class CheckFailed(Exception):
    """What was expected and what came instead, in one sentence."""


def expect(condition, message):
    if not condition:
        raise CheckFailed(message)


def expect_equal(actual, expected, what):
    expect(actual == expected, f"{what}: expected {brief(expected)}, got {brief(actual)}")


def brief(value, limit=400):
    text = f"{value:,}" if type(value) is int else repr(value)
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text):,} characters)"


def await_condition(condition, what, seconds=30):
    """Asks again and again until `condition()` is true, and returns what it returned."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        expect(time.monotonic() < deadline, f"{what} did not come within {seconds} s")
        time.sleep(0.02)


def say(text):
    print(f"  {text}", flush=True)


def run(name, check):
    """Runs `check(folder)` with the folder of the command line; ends with status 1 and a message if it fails."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {name}.py FOLDER (run it by Scripts/test-data.sh)")
    try:
        check(sys.argv[1])
    except CheckFailed as failure:
        sys.exit(f"error: {name}: {failure}")
