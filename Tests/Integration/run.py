"""The distributed system end to end, on real Kafka, Redis and S3: every event once, whoever is killed meanwhile.

`run.py [--events N] [--rate N] [--seconds N]`; see Scripts/test-integration.sh, which brings the services. Ends with status 1
if an event is missing or there twice, an answer is not complete in time, or a program does not stop as it should.
"""

import argparse
import sys

from integration.trial import Trial
from support.checking import CheckFailed


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=50_000, help="events to send")
    parser.add_argument("--rate", type=int, default=2_500, help="events a second")
    parser.add_argument("--seconds", type=int, default=90, help="how long an answer may stay incomplete after a kill")
    return parser.parse_args()


def main():
    given = arguments()
    try:
        Trial(given.events, given.rate, given.seconds).run()
        return True
    except CheckFailed as failure:
        print(f"error: integration: {failure}", file=sys.stderr)
        return False


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
