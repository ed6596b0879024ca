import Domain

/// What `RecentEvents.recent` is asked, as one value; `RecentRequest` on the wire.
struct RecentQuestion: Hashable, Sendable {
  var partition: PartitionID
  let tenant: TenantID
  /// Nil: all of the tenant's.
  let service: ServiceName?
  let range: TimeRange
  var patience: Duration
}

extension RecentQuestion {
  private typealias Fields = ProcessorFields.RecentRequest

  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(tag: Fields.partition, nonZero: partition.number)
    bytes.append(tag: Fields.tenantID, text: tenant.text)
    if let service { bytes.append(tag: Fields.service, text: service.text) }
    bytes.append(tag: Fields.fromUnixNano, fixed64: UInt64(bitPattern: range.start.nanoseconds))
    bytes.append(tag: Fields.toUnixNano, fixed64: UInt64(bitPattern: range.end.nanoseconds))
    bytes.append(tag: Fields.patienceNs, nonZero: max(patience.wholeNanoseconds, 0))
    return bytes
  }

  /// - Throws: `.invalidArgument` that names what is wrong.
  init(decoding bytes: [UInt8]) throws(GRPCStatus) {
    do throws(DecodingError) { self = try Self.read(bytes.span) } catch {
      throw GRPCStatus(.invalidArgument, error.description)
    }
  }

  private static func read(_ bytes: Span<UInt8>) throws(DecodingError) -> RecentQuestion {
    var cursor = WireCursor(0..<bytes.count)
    var partition = 0
    var tenant = ""
    var service: String?
    var (start, end) = (Timestamp.epoch, Timestamp.epoch)
    var patience: UInt64 = 0
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case Fields.partition: partition = Int(UInt32(truncatingIfNeeded: try cursor.varint(bytes)))
      case Fields.tenantID: tenant = try cursor.text(bytes)
      case Fields.service: service = try cursor.text(bytes)
      case Fields.fromUnixNano: start = Timestamp(nanoseconds: Int64(bitPattern: try cursor.fixed64(bytes)))
      case Fields.toUnixNano: end = Timestamp(nanoseconds: Int64(bitPattern: try cursor.fixed64(bytes)))
      case Fields.patienceNs: patience = try cursor.varint(bytes)
      case let tag: try cursor.skip(tag, bytes)
      }
    }
    guard start <= end else { throw DecodingError(.malformed, at: 0, "the range ends before it starts") }
    do throws(NameError) {
      return RecentQuestion(
        partition: PartitionID(partition), tenant: try TenantID(tenant),
        service: try service.map { (text) throws(NameError) in try ServiceName(text) },
        range: TimeRange(from: start, to: end), patience: .nanoseconds(Int64(clamping: patience)))
    } catch { throw DecodingError(.malformed, at: 0, "\(error)") }
  }
}
