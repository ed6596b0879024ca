"""Kills server and agent at random moments while logs are written, and shows that nothing is lost and nothing is there twice.

`run.py [--seed N] [--events N] [--rounds N] [--rate N] [--self-test]`; see Scripts/chaos.sh. The same seed gives the same
schedule of faults and the same lines in the same files. Ends with status 1 if a line was lost, or is there twice, or an
answer called itself complete and was not. `--self-test` breaks what the system relies on, and expects to see that.
"""

import argparse
import sys
import time

from chaos import self_test
from chaos.trial import Trial
from support.checking import CheckFailed


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--events", type=int, default=300_000, help="lines to write")
    parser.add_argument("--rounds", type=int, default=50, help="faults")
    parser.add_argument("--rate", type=int, default=2_000, help="lines a second, of all files together")
    parser.add_argument("--self-test", action="store_true", help="show that it can fail")
    return parser.parse_args()


def main():
    given = arguments()
    try:
        if given.self_test:
            return self_test.run(given.seed)
        trial = Trial(given.seed, given.events, given.rounds, given.rate)
        print(f"chaos: seed {given.seed}, {given.events:,} lines, {given.rounds} faults", flush=True)
        return trial.run()
    except CheckFailed as failure:
        print(f"error: chaos: {failure}", file=sys.stderr)
        return False


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
