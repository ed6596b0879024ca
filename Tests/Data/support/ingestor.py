"""The gRPC service through grpcio and code generated from Protos/, and as plain bytes."""

import pathlib
import sys
import tempfile
import uuid

import grpc
from grpc_tools import protoc

ROOT = pathlib.Path(__file__).resolve().parents[3]

_folder = tempfile.TemporaryDirectory()
_arguments = ["protoc", f"-I{ROOT / 'Protos'}", f"--python_out={_folder.name}", f"--grpc_python_out={_folder.name}"]
if protoc.main(_arguments + ["cordwood/ingestor/v1/ingestor.proto"]) != 0:
    sys.exit("protoc failed")
sys.path.insert(0, _folder.name)

from cordwood.ingestor.v1 import ingestor_pb2 as messages  # noqa: E402
from cordwood.ingestor.v1 import ingestor_pb2_grpc as rpc  # noqa: E402

SERVICE = "/cordwood.ingestor.v1.IngestorService"


class Ingestor:
    """A sender with a producer id of its own."""

    def __init__(self, address):
        limits = [("grpc.max_send_message_length", 64 << 20), ("grpc.max_receive_message_length", 64 << 20)]
        self.channel = grpc.insecure_channel(address, limits)
        self.stub = rpc.IngestorServiceStub(self.channel)
        self.producer = uuid.uuid4().bytes
        self._sequence = -1
        self.push_once_bytes = self.channel.unary_unary(f"{SERVICE}/PushOnce")
        self.push_bytes = self.channel.stream_stream(f"{SERVICE}/Push")

    def batch(self, service, events, **fields):
        self._sequence += 1
        fields = {"producer_id": self.producer, "sequence": self._sequence, **fields}
        return messages.Batch(service=service, events=events, **fields)

    def push(self, batches, tenant):
        """Sends them on one stream; the answers in the order of the batches."""
        answers = self.stub.Push(
            (messages.PushRequest(batch=batch) for batch in batches), metadata=[("x-tenant-id", tenant)], timeout=60
        )
        by_sequence = {answer.sequence: answer for answer in answers}
        return [by_sequence[batch.sequence] for batch in batches]

    def push_once(self, batch, tenant="default"):
        return self.stub.PushOnce(messages.PushOnceRequest(batch=batch), metadata=[("x-tenant-id", tenant)], timeout=60)


def status(call):
    """The gRPC status that a call fails with, and its words; OK if it does not fail."""
    try:
        call()
        return grpc.StatusCode.OK, ""
    except grpc.RpcError as error:
        return error.code(), error.details()
