"""The server and the agent, started and killed."""

import os
import signal
import subprocess

from support import programs
from support.checking import expect

TENANT = "chaos"
PARTITIONS = 3


class Server(programs.OwnServer):
    """Flushes small and often, so that many of the moments are within a flush."""

    def __init__(self, flush_age="700ms"):
        super().__init__(
            "server", LOG_PARTITIONS=str(PARTITIONS), FLUSH_AGE=flush_age, FLUSH_BYTES="256KiB", LOG_LEVEL="info"
        )
        self.data = self._folder / "data"

    def freeze(self):
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self._process.send_signal(signal.SIGCONT)

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


class Agent:
    """`cordwood-agent tail` on a folder of logs, with a journal that outlives it."""

    def __init__(self, server, logs):
        self.state = programs.SCRATCH / "agent"
        self._log = programs.SCRATCH / "agent.log"
        self._process = None
        self._command = [
            programs.PROGRAMS / "cordwood-agent",
            "tail",
            str(logs / "*.log*"),
            *("--server", server.grpc),
            *("--tenant", TENANT),
            *("--state-dir", str(self.state)),
            *("--copy-settle", "1s"),
            # A line that is written in two halves stays one, however late the second comes.
            *("--partial-line-timeout", "60s"),
        ]
        self.starts = 0

    def start(self):
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self.starts += 1

    def kill(self):
        self._expect_running()
        self._process.kill()
        self._process.wait()

    def freeze(self):
        self._expect_running()
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self._process.send_signal(signal.SIGCONT)

    def stop(self):
        self._expect_running()
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(60)
        expect(status == 0, f"the agent stopped with status {status}: {self.log()}")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            print(f"  last lines of the agent's log:\n{self.log()[-2_000:]}", flush=True)
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def log(self):
        return self._log.read_text(errors="replace") if os.path.exists(self._log) else ""

    def _expect_running(self):
        status = self._process.poll()
        expect(status is None, f"the agent had ended by itself with status {status}: {self.log()}")


def can_rebuild_index():
    """Whether this build has `cordwood index rebuild`."""
    command = [programs.PROGRAMS / "cordwood", "index", "rebuild", "--help"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
