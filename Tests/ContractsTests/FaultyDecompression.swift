import Application
import Domain
import StreamDecompressionContract

/// A decoder small enough to be seen right, and the ways in which it can be made wrong.
///
///     member: "FD", runs (a count from 1 to 255, a byte), 0, CRC-32C of the content (4 bytes)
final class FaultyDecompression: StreamDecompression, @unchecked Sendable {  // the port: one task at a time
  enum Fault: String, CaseIterable {
    case recognisesAnything, forgetsHalfARun, ignoresTheLimit, dropsWhatDoesNotFit, replacesTheOutput
    case takesNothingForCut, takesTheStartForCut, isAlwaysWhole, endsAfterOneMember, refusesPadding, ignoresWhatFollows
    case looksForAMember, skipsTheChecksum, goesOnAfterAnError, sharesItsState

    var broken: StreamDecompressionPromise {
      switch self {
      case .recognisesAnything: .recognisesItsOwnStart
      case .forgetsHalfARun: .givesTheContentHoweverItIsCut
      case .ignoresTheLimit: .givesOutNoMoreThanTheLimit
      case .dropsWhatDoesNotFit: .givesOutWhatItHeldBack
      case .replacesTheOutput: .appendsBehindWhatIsThere
      case .takesNothingForCut: .emptyMemberHasNoContent
      case .takesTheStartForCut: .isWholeBeforeTheFirstByte
      case .isAlwaysWhole: .isNotWholeWhereItIsCut
      case .endsAfterOneMember: .goesOnToTheNextMember
      case .refusesPadding: .passesOverPadding
      case .ignoresWhatFollows: .refusesGarbageBehindAMember
      case .looksForAMember: .refusesForeignBytesAtOnce
      case .skipsTheChecksum: .flippedBitNeverGivesOtherContent
      case .goesOnAfterAnError: .cannotBeUsedAfterAnError
      case .sharesItsState: .streamsDoNotDisturbEachOther
      }
    }
  }

  private enum Step {
    case start, magic, count, byte(of: UInt8), run(UInt8, left: UInt8), checksum([UInt8]), padding, failed
  }

  private static let magic = Array("FD".utf8)

  private let fault: Fault?
  private var step = Step.start
  private var checksum = CRC32C()
  private var contentBytes = 0
  private var offset = 0

  init(_ fault: Fault?) { self.fault = fault }

  static func member(_ content: [UInt8]) -> [UInt8] {
    var member = magic
    var index = 0
    while index < content.count {
      let run = content[index...].prefix(255).prefix { $0 == content[index] }
      member += [UInt8(run.count), content[index]]
      index += run.count
    }
    member.append(0)
    member.append(uint32: CRC32C.checksum(content.span))
    return member
  }

  func recognises(_ start: Span<UInt8>) -> Bool {
    fault == .recognisesAnything || start.count >= 2 && start[0] == Self.magic[0] && start[1] == Self.magic[1]
  }

  var isAtMemberEnd: Bool {
    if fault == .isAlwaysWhole { return true }
    switch step {
    case .start:
      if offset == 0 { return fault != .takesTheStartForCut }
      return fault != .takesNothingForCut || contentBytes > 0
    case .padding: return true
    case .magic, .count, .byte, .run, .checksum, .failed: return false
    }
  }

  func unpack(_ input: Span<UInt8>, into output: inout [UInt8], limit: Int) throws(DecodingError) -> Int {
    if fault == .replacesTheOutput { output = [] }
    let end = fault == .ignoresTheLimit ? Int.max : output.count + limit
    if case .failed = step { throw DecodingError(.malformed, at: offset, "read on after an error") }
    var consumed = 0
    while true {
      if case .run(let byte, let left) = step {
        guard output.count < end else {
          if fault == .dropsWhatDoesNotFit { step = .count }
          break
        }
        give(byte, left, to: &output)
        continue
      }
      guard consumed < input.count, fault != .endsAfterOneMember || !isBehindAMember else { break }
      try take(input[consumed])
      consumed += 1
      offset += 1
    }
    if fault == .forgetsHalfARun, case .byte = step { step = .count }
    return consumed
  }

  private var isBehindAMember: Bool { if case .start = step { offset > 0 } else { false } }

  private func give(_ byte: UInt8, _ left: UInt8, to output: inout [UInt8]) {
    output.append(byte)
    contentBytes += 1
    checksum.update([byte].span)
    step = left == 1 ? .count : .run(byte, left: left - 1)
  }

  private func take(_ byte: UInt8) throws(DecodingError) {
    switch step {
    case .start where byte == Self.magic[0]:
      checksum = CRC32C()
      step = .magic
    case .start where isBehindAMember && byte == 0 && fault != .refusesPadding: step = .padding
    case .start where fault == .looksForAMember && offset == 0: break
    case .magic where byte == Self.magic[1]: step = .count
    case .count: step = byte == 0 ? .checksum([]) : .byte(of: byte)
    case .byte(let count): step = .run(byte, left: count)
    case .checksum(let bytes): try check(bytes + [byte])
    case .padding where byte == 0: break
    case .start, .padding:
      if fault == .ignoresWhatFollows { break }
      try fail(.malformed, "no member begins here")
    case .magic: try fail(.malformed, "no member begins here")
    case .run, .failed: break
    }
  }

  private func check(_ bytes: [UInt8]) throws(DecodingError) {
    guard bytes.count == 4 else { return step = .checksum(bytes) }
    var expected: [UInt8] = []
    expected.append(uint32: checksum.value)
    if bytes != expected, fault != .skipsTheChecksum { try fail(.corrupt, "the checksum differs") }
    step = .start
  }

  private func fail(_ kind: DecodingError.Kind, _ reason: String) throws(DecodingError) {
    step = fault == .goesOnAfterAnError ? .start : .failed
    throw DecodingError(kind, at: offset, reason)
  }
}
