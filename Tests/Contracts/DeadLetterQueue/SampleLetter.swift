package import Domain

/// Letters that are told apart by a number.
package enum SampleLetter {
  package static func numbered(_ number: Int, contentBytes: Int = 20) throws -> DeadLetter {
    let stream = StreamID(tenant: try TenantID("tenant-\(number % 3)"), service: try ServiceName("service"))
    let key = WindowKey(producer: ProducerID(Identifier128(high: 1, low: UInt64(number))), stream: stream)
    return DeadLetter(
      id: .batch(key, sequence: UInt64(number), digest: 7, index: nil), reason: .sequenceConflict,
      content: .record([UInt8](repeating: UInt8(truncatingIfNeeded: number), count: contentBytes)),
      time: Timestamp(nanoseconds: Int64(number)), tenant: stream.tenant, flush: nil)
  }

  /// One of each kind of id, reason, content, with and without what may be absent.
  package static func everyKind() throws -> [DeadLetter] {
    let first = try numbered(0)
    guard case .batch(let key, let sequence, let digest, _) = first.id else { return [] }
    let flush = FlushID(Identifier128(high: 3, low: 4))
    let reasons: [DeadLetterReason] = [
      .tooManyStreams, .sequenceConflict, .behindWindow, .producerExpired, .undecodable,
    ]
    let byReason = reasons.enumerated().map { number, reason in
      DeadLetter(
        id: .batch(key, sequence: sequence + 1 + UInt64(number), digest: digest, index: nil), reason: reason,
        content: .record([1, 2, 3]), time: Timestamp(nanoseconds: -5), tenant: key.stream.tenant, flush: flush)
    }
    let byRejection = EventRejection.Reason.allCases.enumerated().map { number, reason in
      DeadLetter(
        id: .batch(key, sequence: sequence, digest: digest, index: UInt32(number)), reason: .event(reason),
        content: .event([]), time: .distantFuture, tenant: key.stream.tenant, flush: nil)
    }
    let undecodable = DeadLetter(
      id: .bytes(checksum: .max, count: 1 << 40), reason: .undecodable, content: .record([0, 255]), time: .distantPast,
      tenant: nil, flush: flush)
    return [first] + byReason + byRejection + [undecodable]
  }
}
