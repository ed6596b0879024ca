"""The four services, started with settings of one trial's own: a topic, a prefix of keys, a bucket."""

import os
import secrets
import urllib.request

from support import api, programs
from support.checking import await_condition

TENANT = "tenant-1"


class Settings:
    """What all services of one trial are told, beside where Kafka, Redis and S3 are, which the environment says."""

    def __init__(self):
        name = f"trial-{secrets.token_hex(4)}"
        self.environment = {
            **os.environ,
            "KAFKA_TOPIC": name,
            "KAFKA_GROUP": name,
            # Brokers refuse less than 6 s. One that is killed is missed after so long.
            "KAFKA_SESSION_TIMEOUT": "6s",
            "REDIS_PREFIX": name,
            # Not a prefix: a bucket with objects and an empty index is one whose index was lost.
            "S3_BUCKET": name,
            "CLUSTER_SECRET": secrets.token_urlsafe(24),
            "FLUSH_AGE": "2s",
        }


class ServiceProgram(programs.Program):
    """One of the services, on the same ports each time."""

    def __init__(self, settings, program, name, keys=("GRPC_PORT", "METRICS_PORT")):
        """`keys`: of the settings of its ports."""
        self.name = name
        self.ports = {key: programs.free_port() for key in keys}
        environment = {**settings.environment, **{key: str(port) for key, port in self.ports.items()}}
        super().__init__(name, programs.SCRATCH / f"{name}.log", [programs.PROGRAMS / program], environment)

    @property
    def metrics(self):
        return f"http://127.0.0.1:{self.ports['METRICS_PORT']}"

    @property
    def is_ready(self):
        self._expect_running()
        try:
            with urllib.request.urlopen(f"{self.metrics}/health/ready", timeout=5):
                return True
        except OSError:
            return False

    def await_ready(self, seconds=60):
        await_condition(lambda: self.is_ready, f"the readiness of the {self._name}", seconds)


class Ingestor(ServiceProgram):
    def __init__(self, settings, name="ingestor"):
        super().__init__(settings, "cordwood-ingestor", name)

    @property
    def address(self):
        return f"127.0.0.1:{self.ports['GRPC_PORT']}"


class Processor(ServiceProgram):
    def __init__(self, settings, name):
        super().__init__(settings, "cordwood-processor", name)

class Query(ServiceProgram):
    def __init__(self, settings, name="query"):
        super().__init__(settings, "cordwood-query", name, keys=("HTTP_PORT", "METRICS_PORT"))

    def client(self):
        return api.Server(f"http://127.0.0.1:{self.ports['HTTP_PORT']}", "", f"{self.metrics}/metrics")


class Generator(programs.Program):
    """`cordwood-agent generate`, as `make generate-logs` runs it."""

    def __init__(self, settings, ingestors, count, rate):
        command = [
            programs.PROGRAMS / "cordwood-agent",
            "generate",
            *("--tenant", TENANT),
            *("--server", ",".join(ingestor.address for ingestor in ingestors)),
            *("--count", str(count)),
            *("--rate", str(rate)),
        ]
        super().__init__("generator", programs.SCRATCH / "generator.log", command, settings.environment)

    @property
    def has_ended(self):
        return self._process.poll() is not None

    @property
    def status(self):
        return self._process.poll()
