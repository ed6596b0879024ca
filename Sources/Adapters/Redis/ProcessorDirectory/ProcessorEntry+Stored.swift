import Application
import Domain

/// version (1 byte) · processor (16) · address (with its length) · partitions (varint), each: number (varint), since (8, ns)
extension ProcessorEntry {
  private static let version: UInt8 = 1

  var stored: [UInt8] {
    var bytes: [UInt8] = [Self.version]
    processor.append(to: &bytes)
    bytes.append(lengthPrefixed: address)
    bytes.append(varint: UInt64(partitions.count))
    for (partition, since) in partitions.sorted(by: { $0.key < $1.key }) {
      bytes.append(varint: UInt64(partition.number))
      bytes.append(int64: since.nanoseconds)
    }
    return bytes
  }

  init(stored bytes: Span<UInt8>) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    let version = try cursor.uint8(bytes)
    guard version == Self.version else {
      throw DecodingError(
        .unsupportedVersion, at: 0, "a processor's entry has version \(version), this build reads \(Self.version)")
    }
    let processor = try Identifier128(bytes, at: &cursor)
    let address = try cursor.text(bytes)
    var partitions: [PartitionID: Timestamp] = [:]
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 9)) {
      let partition = PartitionID(Int(clamping: try cursor.varint(bytes)))
      partitions[partition] = Timestamp(nanoseconds: try cursor.int64(bytes))
    }
    self.init(processor: processor, address: address, partitions: partitions)
  }
}
