"""The programs under test, started and ended in every way there is."""

import os
import pathlib
import random
import signal
import socket
import subprocess
import time
import urllib.request

from . import api
from .checking import CheckFailed, expect

PROGRAMS = pathlib.Path(os.environ.get("CORDWOOD_TEST_PROGRAMS", ".build/release"))
SCRATCH = pathlib.Path(os.environ.get("CORDWOOD_TEST_SCRATCH", "."))


def free_port():
    """A port that was free just now, below the range that the kernel hands out to clients: so that it is free again
    after a restart."""
    for _ in range(50):
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise CheckFailed("found no free port in 50 tries")


class Program:
    """A program that the check itself starts, ends and starts again."""

    def __init__(self, name, log, command, environment=None):
        """`name`: what messages call it. `log`: the file for what it prints."""
        self._name = name
        self._log = log
        self._command = command
        self._environment = environment
        self._process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            print(f"  last lines of the {self._name}'s log:\n{self.log()[-2_000:]}", flush=True)
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def start(self):
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self._environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )

    def kill(self):
        """kill -9: nothing is finished."""
        self._expect_running()
        self._process.kill()
        self._process.wait()

    def stop(self):
        """SIGTERM: a server writes what is open."""
        self._expect_running()
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(60)
        expect(status == 0, f"the {self._name} stopped with status {status}: {self.log()}")

    def freeze(self):
        self._expect_running()
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self._process.send_signal(signal.SIGCONT)

    def _expect_running(self):
        status = self._process.poll()
        expect(status is None, f"the {self._name} had ended by itself with status {status}: {self.log()}")

    def log(self):
        return self._log.read_text(errors="replace") if self._log.exists() else ""


class OwnServer(Program):
    """A server with the same data and the same ports each time."""

    def __init__(self, name, **settings):
        ports = {key: str(free_port()) for key in ("HTTP_PORT", "GRPC_PORT", "METRICS_PORT")}
        folder = SCRATCH / name
        folder.mkdir(parents=True)
        self.data = folder / "data"
        super().__init__(
            "server",
            folder / "server.log",
            [PROGRAMS / "cordwood", "serve"],
            {**os.environ, **ports, "DATA_DIR": str(self.data), **settings},
        )
        self.starts = 0
        self.grpc = f"127.0.0.1:{ports['GRPC_PORT']}"
        self._http = f"http://127.0.0.1:{ports['HTTP_PORT']}"
        self._metrics = f"http://127.0.0.1:{ports['METRICS_PORT']}/metrics"

    def client(self):
        return api.Server(self._http, self.grpc, self._metrics)

    def start(self, is_awaited=True):
        super().start()
        self.starts += 1
        if is_awaited:
            self.await_ready()

    def await_ready(self, seconds=60):
        deadline = time.monotonic() + seconds
        while True:
            try:
                with urllib.request.urlopen(f"{self._http}/health/ready", timeout=2):
                    return
            except OSError:
                pass
            expect(
                self._process.poll() is None, f"the server ended with status {self._process.returncode}: {self.log()}"
            )
            expect(time.monotonic() < deadline, f"the server is not ready after {seconds} s: {self.log()}")
            time.sleep(0.02)


class TailAgent(Program):
    """`cordwood-agent tail` with the same files and the same journal each time."""

    def __init__(self, name, server, tenant, *arguments):
        """`arguments`: the paths, and further settings."""
        self.state = SCRATCH / f"{name}-state"
        command = [
            PROGRAMS / "cordwood-agent",
            "tail",
            *("--server", server),
            *("--tenant", tenant),
            *("--state-dir", str(self.state)),
            *map(str, arguments),
        ]
        super().__init__("agent", SCRATCH / f"{name}.log", command)


def start_import(path, server, tenant, state, *arguments, stdin=subprocess.DEVNULL, text=True):
    """`cordwood-agent import` with a state folder below the scratch folder."""
    command = [
        PROGRAMS / "cordwood-agent",
        "import",
        str(path),
        "--server",
        server,
        "--tenant",
        tenant,
        "--state-dir",
        str(SCRATCH / state),
        *arguments,
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=stdin, text=text)


def run_import(path, server, tenant, state, *arguments, stdin=subprocess.DEVNULL, seconds=120):
    """Waits for it to succeed and returns what it said."""
    process = start_import(path, server, tenant, state, *arguments, stdin=stdin)
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        raise CheckFailed(f"the import of {path} was not done after {seconds} s: {process.communicate()[0]}") from None
    expect(process.returncode == 0, f"the import of {path} ended with status {process.returncode}: {output}")
    return output
