"""Imports the code that grpcio-tools generates from Protos/: `from generated import ingestor, ingestor_rpc, health, health_rpc`."""

import pathlib
import sys
import tempfile

from grpc_tools import protoc

ROOT = pathlib.Path(__file__).resolve().parents[3]
FILES = ["cordwood/ingestor/v1/ingestor.proto", "grpc/health/v1/health.proto"]

_folder = tempfile.TemporaryDirectory()
_arguments = ["protoc", f"-I{ROOT / 'Protos'}", f"--python_out={_folder.name}", f"--grpc_python_out={_folder.name}"]
if protoc.main(_arguments + FILES) != 0:
    sys.exit("protoc failed")
# The health protocol's package is named as gRPC's own module.
_path = pathlib.Path(_folder.name)
(_path / "grpc").rename(_path / "grpc_health_generated")
_text = (_path / "grpc_health_generated/health/v1/health_pb2_grpc.py").read_text()
(_path / "grpc_health_generated/health/v1/health_pb2_grpc.py").write_text(
    _text.replace("from grpc.health.v1 import", "from grpc_health_generated.health.v1 import"))
sys.path.insert(0, _folder.name)

from cordwood.ingestor.v1 import ingestor_pb2 as ingestor  # noqa: E402
from cordwood.ingestor.v1 import ingestor_pb2_grpc as ingestor_rpc  # noqa: E402
from grpc_health_generated.health.v1 import health_pb2 as health  # noqa: E402
from grpc_health_generated.health.v1 import health_pb2_grpc as health_rpc  # noqa: E402
