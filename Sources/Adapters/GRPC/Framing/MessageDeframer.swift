import Domain

/// Cuts the body of a call into messages: a flag byte, a length of four bytes (big-endian), the message.
///
/// Memory follows the bytes that arrived, never the length that was announced.
struct MessageDeframer {
  static let prefixBytes = 5
  /// Room made at once for a message that is announced longer: the rest grows as it comes.
  private static let firstReservationBytes = 256 << 10

  private let limit: Int
  private var piece: [UInt8] = []
  private var offset = 0
  private var prefix: [UInt8] = []
  private var message: [UInt8] = []
  private var length: Int?

  /// - Parameter limit: Bytes of the longest message that is taken.
  init(limit: Int) { self.limit = limit }

  /// Whether the body may not end here.
  var isWithinMessage: Bool { !prefix.isEmpty || length != nil }

  /// Takes the next piece of the body, once `next` has returned nil.
  mutating func append(_ bytes: [UInt8]) {
    precondition(offset == piece.count, "the piece before is not used up")
    piece = bytes
    offset = 0
  }

  /// The next message; nil when it has not arrived in full.
  ///
  /// - Throws: `.resourceExhausted` for a message over the limit, at its prefix; `.internalError` for a compressed one.
  mutating func next() throws(GRPCStatus) -> [UInt8]? {
    guard let length = try readPrefix() else { return nil }
    let end = min(piece.count, offset + length - message.count)
    message.append(contentsOf: piece[offset..<end])
    offset = end
    if message.count < length { return nil }
    defer {
      message = []
      self.length = nil
    }
    return message
  }

  private mutating func readPrefix() throws(GRPCStatus) -> Int? {
    if let length { return length }
    while prefix.count < Self.prefixBytes, offset < piece.count {
      prefix.append(piece[offset])
      offset += 1
    }
    guard prefix.count == Self.prefixBytes else { return nil }
    guard prefix[0] == 0 else {
      throw GRPCStatus(.internalError, "a message is flagged as compressed, but no grpc-encoding was agreed on")
    }
    let length = Int(prefix.span.uint32(at: 1).byteSwapped)
    guard length <= limit else {
      throw GRPCStatus(.resourceExhausted, "a message of \(length) bytes is over the limit of \(limit)")
    }
    prefix.removeAll(keepingCapacity: true)
    message.reserveCapacity(min(length, Self.firstReservationBytes))
    self.length = length
    return length
  }

  /// The prefix of an uncompressed message.
  static func prefix(length: Int) -> [UInt8] {
    var bytes: [UInt8] = [0]
    bytes.append(uint32: UInt32(length).byteSwapped)
    return bytes
  }
}
