package import Domain

/// Records that are told apart by a number.
package enum SampleRecord {
  /// - Parameter payloadBytes: At least 8; what follows the number is filled with a pattern that depends on it.
  package static func numbered(_ number: Int, payloadBytes: Int = 100) -> EncodedRecord {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(EncodedRecord.envelopeBytes + payloadBytes)
    bytes.append(uint64: 0)
    bytes.append(uint64: UInt64(number))
    for index in 8..<max(payloadBytes, 8) { bytes.append(UInt8(truncatingIfNeeded: index &* 31 &+ number)) }
    return EncodedRecord(sealing: bytes)
  }

  /// The number of a record that `numbered` made.
  package static func number(_ record: EncodedRecord) -> Int {
    Int(record.bytes.span.uint64(at: EncodedRecord.envelopeBytes))
  }
}
