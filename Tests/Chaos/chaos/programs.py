"""The server and the agent, started and killed."""

import subprocess

from support import programs

TENANT = "chaos"
PARTITIONS = 3


class Server(programs.OwnServer):
    """Flushes small and often, so that many of the moments are within a flush."""

    def __init__(self, flush_age="700ms"):
        super().__init__(
            "server", LOG_PARTITIONS=str(PARTITIONS), FLUSH_AGE=flush_age, FLUSH_BYTES="256KiB", LOG_LEVEL="info"
        )

    @property
    def is_ready(self):
        try:
            self.client().request("GET", "/health/ready")
            return True
        except OSError:
            return False

    def rebuild_index(self):
        """What the command said. Throws `CalledProcessError`."""
        done = subprocess.run(
            [programs.PROGRAMS / "cordwood", "index", "rebuild"],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=True,
        )
        return done.stdout


class Agent(programs.TailAgent):
    """Follows all files of a folder."""

    def __init__(self, server, logs):
        super().__init__(
            "agent",
            server.grpc,
            TENANT,
            logs / "*.log*",
            *("--copy-settle", "1s"),
            # A line that is written in two halves stays one, however late the second comes.
            *("--partial-line-timeout", "60s"),
        )


def can_rebuild_index():
    """Whether this build has `cordwood index rebuild`."""
    command = [programs.PROGRAMS / "cordwood", "index", "rebuild", "--help"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
