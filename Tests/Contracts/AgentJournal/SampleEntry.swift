package import Application
package import Domain

/// Entries for tests.
package enum SampleEntry {
  package static func source(_ name: String = "file") throws -> SourceID {
    guard let source = SourceID(name) else { throw NameError.empty }
    return source
  }

  package static func stream(_ number: Int) throws -> StreamID {
    StreamID(tenant: try TenantID("tenant"), service: try ServiceName("service-\(number)"))
  }

  /// An entry with a batch for each of `streams`, all of the same sequence.
  package static func numbered(
    _ sequence: UInt64, source: String = "file", streams: [Int] = [0], contentBytes: Int = 50
  ) throws -> JournalEntry {
    let batches = try streams.map { number in
      JournaledBatch(
        stream: try stream(number), sequence: sequence, eventCount: number + 1,
        content: (0..<contentBytes).map { UInt8(truncatingIfNeeded: $0 &+ number &+ Int(sequence)) },
        firstSent: Timestamp(nanoseconds: 1_000 + Int64(sequence)))
    }
    return JournalEntry(source: try self.source(source), end: end(sequence), batches: batches)
  }

  /// Where the entry of that sequence ends.
  package static func end(_ sequence: UInt64) -> SourceCheckpoint {
    SourceCheckpoint(offset: 100 * (sequence + 1), checksum: UInt32(sequence) &* 77)
  }
}
