"""A server of the built programs on free ports, with events that the real agent sent, and a real Chromium to look at it with."""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(os.environ.get("CORDWOOD_TEST_PROGRAMS", ROOT / ".build/debug"))
CHROMIUM = os.environ.get("CORDWOOD_TEST_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


class Server:
    """`cordwood serve` with a data folder of its own, removed at the end."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cordwood-browser-"))
        self.process = None

    def start(self):
        said = self.folder / "serve.log"
        environment = dict(os.environ, GRPC_PORT="0", HTTP_PORT="0", METRICS_PORT="0", DATA_DIR=str(self.folder / "data"))
        with open(said, "wb") as file:
            self.process = subprocess.Popen([PROGRAMS / "cordwood", "serve"], env=environment, stdout=file, stderr=file)
        deadline = time.monotonic() + 60
        while "\n  access " not in said.read_text():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not become ready: {said.read_text()}")
            time.sleep(0.05)
        self.address = re.search(r"queries +(http://\S+)", said.read_text()).group(1)
        self.ingest = re.search(r"events +gRPC +(\S+)", said.read_text()).group(1)

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def send(self, tenant, events):
        """Imports a list of events, or a file of them, by cordwood-agent."""
        file = events
        if isinstance(events, list):
            file = self.folder / f"events-{time.monotonic_ns()}.ndjson"
            file.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
        words = [PROGRAMS / "cordwood-agent", "import", "--server", self.ingest, "--tenant", tenant,
                 "--state-dir", self.folder / f"agent-{time.monotonic_ns()}", file]
        run = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
        if run.returncode != 0:
            raise RuntimeError(f"the import failed: {run.stderr}")

    def query(self, **request):
        body = json.dumps(request).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{self.address}/v1/query", body), timeout=60) as answer:
            return json.load(answer)

    def objects(self, tenant):
        return [path for path in (self.folder / "data").rglob("*.cwd") if tenant in path.parts]


class Browser:
    def __init__(self):
        self.playwright = sync_playwright().start()
        self.chromium = self.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

    def close(self):
        self.chromium.close()
        self.playwright.stop()

    def page(self, width=1280, height=800, scheme="light", zone="Europe/Berlin", touch=False, **options):
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, timezone_id=zone, has_touch=touch,
            locale="en-GB", permissions=["clipboard-read", "clipboard-write"], **options)
        context.set_default_timeout(20_000)
        return context.new_page()


def settled(page):
    """Waits until the page shows an answer, or that there is none, and the picture beside it."""
    page.wait_for_selector("main[aria-busy=false]")
