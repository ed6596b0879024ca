"""The other side of the differential tests: random messages for Swift to read, and Swift's messages read by protobuf.

    differential.py make SEED COUNT     prints a line a message: hexadecimal bytes, space, what protobuf reads in them
    differential.py read                reads hexadecimal lines, prints what protobuf reads in each ('error' if nothing)

What is read is printed as one line of text, which WireDump.swift prints likewise.
"""

import random
import struct
import sys

from google.protobuf.message import DecodeError

from generated import ingestor


def varint(value):
    data = bytearray()
    while value >= 0x80:
        data.append(value & 0x7F | 0x80)
        value >>= 7
    data.append(value)
    return bytes(data)


def field(number, kind, payload):
    return varint(number << 3 | kind) + payload


def delimited(number, payload):
    return field(number, 2, varint(len(payload)) + payload)


class Maker:
    """Writes messages by hand, so that everything the wire format allows is met: any order, repeats, unknown fields."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def maybe(self, chance=0.5):
        return self.random.random() < chance

    def integer(self, bits):
        return self.random.getrandbits(self.random.randint(0, bits))

    def text(self, longest=20):
        alphabet = "abcXYZ019._- äß€𝄞"
        return "".join(self.random.choice(alphabet) for _ in range(self.random.randint(0, longest))).encode()

    def data(self, longest=300):
        return self.random.randbytes(self.random.randint(0, longest))

    def unknown(self):
        number = self.random.choice([15, 16, 100, 2047, 2048, 536870911])
        return self.random.choice([
            lambda: field(number, 0, varint(self.integer(64))),
            lambda: field(number, 1, self.random.randbytes(8)),
            lambda: delimited(number, self.data(40)),
            lambda: field(number, 5, self.random.randbytes(4)),
        ])()

    def join(self, pieces):
        """Repeated fields keep their order among themselves; the rest goes anywhere."""
        pieces = [(rank, piece) for rank, piece in pieces]
        while self.maybe(0.3):
            pieces.append((None, self.unknown()))
        fixed = [piece for rank, piece in pieces if rank is not None]
        loose = [piece for rank, piece in pieces if rank is None]
        for piece in loose:
            fixed.insert(self.random.randint(0, len(fixed)), piece)
        return b"".join(fixed)

    def key_value(self, key):
        pieces = [(0, delimited(1, key))]
        if self.maybe(0.2):
            pieces.insert(0, (0, delimited(1, b"old")))
        values = [
            lambda: delimited(2, self.text(60)),
            lambda: field(3, 0, varint(self.integer(64))),
            lambda: field(4, 1, struct.pack("<d", self.random.choice([0.0, -0.0, 1.5, float("inf"), 1e308]))),
            lambda: field(5, 0, varint(self.random.choice([0, 1, 2, 1 << 40]))),
        ]
        for _ in range(self.random.choice([1, 1, 1, 2])):
            pieces.append((0, self.random.choice(values)()))
        return self.join(pieces)

    def keys(self, most):
        return [b"k%d" % number + self.text(8) for number in range(self.random.randint(0, most))]

    def event(self):
        pieces = []
        scalars = [
            lambda: field(1, 1, self.random.randbytes(8)),
            lambda: field(2, 0, varint(self.random.randint(0, 24) + (self.integer(20) << 32))),
            lambda: delimited(3, self.text(10)),
            lambda: delimited(4, self.data()),
            lambda: delimited(5, self.random.choice([b"", self.random.randbytes(16), bytes(16)])),
            lambda: delimited(6, self.random.choice([b"", self.random.randbytes(8), bytes(8)])),
        ]
        for scalar in scalars:
            if self.maybe(0.8):
                pieces.append((0 if self.maybe() else None, scalar()))
                if self.maybe(0.1):
                    pieces.append((None, scalar()))
        for key in self.keys(5):
            pieces.append((1, delimited(7, self.key_value(key))))
        return self.join(pieces)

    def batch(self, is_whole=True):
        pieces = []
        if self.maybe(0.8):
            pieces.append((None, delimited(1, self.random.randbytes(16))))
        if self.maybe(0.8):
            pieces.append((None, field(2, 0, varint(self.integer(64)))))
        if is_whole:
            pieces.append((None, delimited(3, b"service" + self.text(20))))
        if self.maybe():
            pieces.append((None, field(4, 0, varint(self.integer(40)))))
        if self.maybe():
            pieces.append((None, field(5, 0, varint(self.random.choice([0, 1, 7])))))
        if self.maybe():
            pieces.append((None, delimited(6, self.text(55))))
        if is_whole:
            for key in self.keys(4):
                pieces.append((1, delimited(7, self.key_value(key))))
        for _ in range(self.random.randint(0, 6)):
            pieces.append((1, delimited(8, self.event())))
        return self.join(pieces)

    def request(self):
        pieces = [(0, delimited(1, self.batch()))]
        if self.maybe(0.1):
            pieces.append((0, delimited(1, self.batch(is_whole=False))))
        if self.maybe():
            pieces.append((None, field(2, 0, varint(self.integer(40)))))
        return self.join(pieces)


def dump_attribute(attribute):
    kind = attribute.WhichOneof("value")
    key = attribute.key.encode().hex()
    if kind == "string_value":
        return f"{key}=s{attribute.string_value.encode().hex()}"
    if kind == "int_value":
        return f"{key}=i{attribute.int_value}"
    if kind == "double_value":
        return f"{key}=d{struct.unpack('<Q', struct.pack('<d', attribute.double_value))[0]:x}"
    return f"{key}=b{int(attribute.bool_value)}"


def dump(data):
    request = ingestor.PushRequest()
    try:
        request.ParseFromString(data)
    except DecodeError:
        return "error"
    batch = request.batch
    parts = [
        f"producer={batch.producer_id.hex()}", f"sequence={batch.sequence}", f"service={batch.service.encode().hex()}",
        f"placement={batch.placement_version}", f"any={int(batch.accepts_any_age)}",
        f"parent={batch.traceparent.encode().hex()}", f"age={request.age_ms}",
        f"resource=[{','.join(map(dump_attribute, batch.resource_attributes))}]",
    ]
    for event in batch.events:
        trace = "" if event.trace_id == bytes(16) else event.trace_id.hex()
        span = "" if event.span_id == bytes(8) else event.span_id.hex()
        attributes = ",".join(map(dump_attribute, event.attributes))
        parts.append(
            f"({event.time_unix_nano};{event.severity_number};{event.severity_text.encode().hex()};"
            f"{event.message.hex()};{trace};{span};[{attributes}])")
    return " ".join(parts)


def main():
    if sys.argv[1] == "make":
        maker = Maker(int(sys.argv[2]))
        for _ in range(int(sys.argv[3])):
            data = maker.request()
            print(data.hex(), dump(data))
    else:
        for line in sys.stdin:
            print(dump(bytes.fromhex(line.strip())))


if __name__ == "__main__":
    main()
