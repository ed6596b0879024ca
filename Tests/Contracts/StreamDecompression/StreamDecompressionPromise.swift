package import Application
import Domain
import Testing

/// What every decoder of compressed streams promises.
///
/// Left open on purpose: which bytes of a header may differ without notice (gzip's time and name); how much of the input
/// a call consumes while there is room; the words of an error.
package enum StreamDecompressionPromise: String, CaseIterable, Sendable {
  case recognisesItsOwnStart
  case givesTheContentHoweverItIsCut
  case givesOutNoMoreThanTheLimit
  case givesOutWhatItHeldBack
  case appendsBehindWhatIsThere
  case emptyMemberHasNoContent
  case goesOnToTheNextMember
  case passesOverPadding
  case isWholeBeforeTheFirstByte
  case isNotWholeWhereItIsCut
  case refusesGarbageBehindAMember
  case refusesForeignBytesAtOnce
  case flippedBitNeverGivesOtherContent
  case cannotBeUsedAfterAnError
  case streamsDoNotDisturbEachOther

  package func check<Stream: StreamDecompression>(on setup: StreamDecompressionSetup<Stream>) async throws {
    let trial = StreamTrial(setup: setup)
    let line = StreamSamples.line
    switch self {
    case .recognisesItsOwnStart: trial.checkStart()
    case .givesTheContentHoweverItIsCut:
      for piece in [1, 2, 7, 4_096, .max] {
        for limit in [1, 100, 65_536] {
          try trial.expectContent(StreamSamples.text, of: setup.member(StreamSamples.text), piece: piece, limit: limit)
        }
      }
    case .givesOutNoMoreThanTheLimit: try trial.checkLimit()
    case .givesOutWhatItHeldBack: try trial.checkHeldBack()
    case .appendsBehindWhatIsThere: try trial.checkAppending()
    case .emptyMemberHasNoContent: try trial.expectContent([], of: setup.member([]))
    case .goesOnToTheNextMember:
      let stream = setup.member(StreamSamples.text) + setup.member([]) + setup.member(line)
      for piece in [1, 5, .max] { try trial.expectContent(StreamSamples.text + line, of: stream, piece: piece) }
    case .passesOverPadding:
      let stream = setup.member(line) + [UInt8](repeating: 0, count: 512)
      for piece in [1, 3, .max] { try trial.expectContent(line, of: stream, piece: piece) }
    case .isWholeBeforeTheFirstByte: try trial.expectContent([], of: [])
    case .isNotWholeWhereItIsCut: try trial.checkCuts()
    case .refusesGarbageBehindAMember: trial.checkGarbage()
    case .refusesForeignBytesAtOnce:
      for text in ["plain text", "PK\u{3}\u{4}", "\0"] { trial.expectRefusal(Array(text.utf8), at: 0) }
    case .flippedBitNeverGivesOtherContent: try trial.checkFlips()
    case .cannotBeUsedAfterAnError: try trial.checkUseAfterAnError()
    case .streamsDoNotDisturbEachOther: try await trial.checkSeveral()
    }
  }
}
