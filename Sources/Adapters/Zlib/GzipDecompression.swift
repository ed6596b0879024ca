import Application
package import Domain

/// A gzip stream (RFC 1952) read piece by piece: members after each other, zero padding behind the last.
///
/// Content is given out before the checksum at its member's end was seen, as any streaming reader has to.
package final class GzipDecompression: StreamDecompression, @unchecked Sendable {  // the port: one task at a time
  private enum Phase {
    /// Nothing was read yet, or the last byte was the end of a member: exits to `member`, `padding`, `failed`.
    case betweenMembers
    /// Exits to `betweenMembers`, `failed`.
    case member
    /// Zeros behind a member, as tapes and block devices leave them: exits to `failed` only.
    case padding
    case failed
  }

  private static let firstMagicByte: UInt8 = 0x1f
  private static let secondMagicByte: UInt8 = 0x8b

  private let inflater = Inflater()
  private var phase = Phase.betweenMembers
  /// Compressed bytes consumed in all.
  private var offset = 0

  package init() {}

  package func recognises(_ start: Span<UInt8>) -> Bool {
    start.count >= 2 && start[0] == Self.firstMagicByte && start[1] == Self.secondMagicByte
  }

  package var isAtMemberEnd: Bool {
    switch phase {
    case .betweenMembers, .padding: true
    case .member, .failed: false
    }
  }

  package func unpack(
    _ input: Span<UInt8>, into output: inout [UInt8], limit: Int
  ) throws(DecodingError) -> Int {
    precondition(limit > 0, "unpacking needs room for a byte")
    let end = output.count + limit
    var consumed = 0
    repeat {
      let rest = input.extracting(consumed...)
      let step =
        switch phase {
        case .betweenMembers: try enter(rest)
        case .member: try advance(rest, room: end - output.count, to: &output)
        case .padding: try skip(rest)
        case .failed: throw DecodingError(.malformed, at: offset, "a gzip stream is read on after an error")
        }
      consumed += step
      offset += step
      // A member that ends leaves its successor to the next round; nothing else can go on without more input or room.
    } while consumed < input.count && output.count < end
    return consumed
  }

  /// - Returns: 0: the byte that decides is left to whoever reads on.
  private func enter(_ rest: Span<UInt8>) throws(DecodingError) -> Int {
    guard !rest.isEmpty else { return 0 }
    if offset > 0, rest[0] == 0 {
      phase = .padding
    } else if rest[0] == Self.firstMagicByte {
      inflater.reset()
      phase = .member
    } else {
      try fail(.malformed, at: offset, offset == 0 ? "this is no gzip stream" : "garbage follows a gzip member")
    }
    return 0
  }

  private func advance(_ rest: Span<UInt8>, room: Int, to output: inout [UInt8]) throws(DecodingError) -> Int {
    let progress = inflater.inflate(rest, room: room, to: &output)
    switch progress.state {
    case .open: break
    case .ended: phase = .betweenMembers
    case .damaged(let reason): try fail(.corrupt, at: offset + progress.consumed, "a gzip member is damaged: \(reason)")
    }
    return progress.consumed
  }

  private func skip(_ rest: Span<UInt8>) throws(DecodingError) -> Int {
    for index in rest.indices where rest[index] != 0 {
      try fail(.malformed, at: offset + index, "garbage follows the padding of a gzip stream")
    }
    return rest.count
  }

  private func fail(_ kind: DecodingError.Kind, at offset: Int, _ reason: String) throws(DecodingError) {
    phase = .failed
    throw DecodingError(kind, at: offset, reason)
  }
}
