/// Records as bytes: a byte for the kind, then its parts. The disk adapter's `README.md` has the layout.
extension LetterRecord {
  private enum Kind {
    static let letter: UInt8 = 1
    static let replay: UInt8 = 2
    static let dropped: UInt8 = 3
    static let nextNumber: UInt8 = 4
  }

  package var encoded: [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .letter(let number, let letter):
      bytes.append(Kind.letter)
      bytes.append(uint64: number)
      letter.id.append(to: &bytes)
      Self.append(letter, to: &bytes)
    case .replay(let number, let replay):
      bytes.append(Kind.replay)
      bytes.append(uint64: number)
      Self.append(replay, to: &bytes)
    case .dropped(let number, let id):
      bytes.append(Kind.dropped)
      bytes.append(uint64: number)
      id.append(to: &bytes)
    case .nextNumber(let number):
      bytes.append(Kind.nextNumber)
      bytes.append(uint64: number)
    }
    return bytes
  }

  package init(_ bytes: Span<UInt8>) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    let kind = try cursor.uint8(bytes)
    let number = try cursor.uint64(bytes)
    switch kind {
    case Kind.letter:
      let id = try DeadLetterID(bytes, at: &cursor)
      self = .letter(number, try Self.letter(id, bytes, at: &cursor))
    case Kind.replay: self = .replay(number, try Self.replay(bytes, at: &cursor))
    case Kind.dropped: self = .dropped(number, try DeadLetterID(bytes, at: &cursor))
    case Kind.nextNumber: self = .nextNumber(number)
    default: throw DecodingError(.malformed, at: 0, "a record of kind \(kind), expected 1 to 4")
    }
    guard cursor.remaining == 0 else {
      throw DecodingError(.malformed, at: cursor.offset, "\(cursor.remaining) bytes follow a record")
    }
  }

  // MARK: Letters

  /// All but the id.
  private static func append(_ letter: DeadLetter, to bytes: inout [UInt8]) {
    bytes.append(lengthPrefixed: letter.reason.text)
    switch letter.content {
    case .record(let content):
      bytes.append(0)
      bytes.append(lengthPrefixed: content.span)
    case .event(let content):
      bytes.append(1)
      bytes.append(lengthPrefixed: content.span)
    }
    bytes.append(int64: letter.time.nanoseconds)
    bytes.append(letter.tenant == nil ? 0 : 1)
    if let tenant = letter.tenant { bytes.append(lengthPrefixed: tenant.text) }
    bytes.append(letter.flush == nil ? 0 : 1)
    letter.flush?.value.append(to: &bytes)
  }

  package static func letter(
    _ id: DeadLetterID, _ bytes: Span<UInt8>, at cursor: inout ByteCursor
  ) throws(DecodingError) -> DeadLetter {
    let reason = try reason(bytes, at: &cursor)
    let isEvent = try flag(bytes, at: &cursor)
    let content = [UInt8](bytes.extracting(try cursor.lengthPrefixed(bytes)))
    let time = Timestamp(nanoseconds: try cursor.int64(bytes))
    let tenant = try flag(bytes, at: &cursor) ? try TenantID(bytes, at: &cursor) : nil
    let flush = try flag(bytes, at: &cursor) ? FlushID(try Identifier128(bytes, at: &cursor)) : nil
    return DeadLetter(
      id: id, reason: reason, content: isEvent ? .event(content) : .record(content), time: time, tenant: tenant,
      flush: flush)
  }

  private static func reason(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError)
    -> DeadLetterReason
  {
    let offset = cursor.offset
    let text = try cursor.text(bytes)
    guard let reason = DeadLetterReason(text: text) else {
      throw DecodingError(.malformed, at: offset, "the reason '\(text)' is not known")
    }
    return reason
  }

  package static func flag(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) -> Bool {
    let offset = cursor.offset
    switch try cursor.uint8(bytes) {
    case 0: return false
    case 1: return true
    case let byte: throw DecodingError(.malformed, at: offset, "\(byte) where 0 or 1 should be")
    }
  }

  // MARK: Replays

  private static func append(_ replay: DeadLetterReplay, to bytes: inout [UInt8]) {
    bytes.append(int64: replay.first.nanoseconds)
    bytes.append(uint32: replay.placement)
    bytes.append(int64: replay.last.nanoseconds)
    switch replay.outcome {
    case nil: bytes.append(0)
    case .accepted: bytes.append(1)
    case .refused(let reason):
      bytes.append(2)
      bytes.append(lengthPrefixed: reason.text)
    }
  }

  private static func replay(
    _ bytes: Span<UInt8>, at cursor: inout ByteCursor
  ) throws(DecodingError) -> DeadLetterReplay {
    let first = Timestamp(nanoseconds: try cursor.int64(bytes))
    let placement = try cursor.uint32(bytes)
    let last = Timestamp(nanoseconds: try cursor.int64(bytes))
    let offset = cursor.offset
    let outcome: DeadLetterReplay.Outcome?
    switch try cursor.uint8(bytes) {
    case 0: outcome = nil
    case 1: outcome = .accepted
    case 2: outcome = .refused(try reason(bytes, at: &cursor))
    case let byte: throw DecodingError(.malformed, at: offset, "\(byte) where an outcome of 0 to 2 should be")
    }
    return DeadLetterReplay(first: first, placement: placement, last: last, outcome: outcome)
  }
}
