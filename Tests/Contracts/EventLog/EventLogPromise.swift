package import Application
import Domain
import Testing

/// What every event log promises, checked on a fresh log of its own with at least one partition.
///
/// Left open on purpose: whether a slice may end before the limit although there are more records (the disk's at the end of
/// a segment, Kafka's at the end of a fetch); whether a record without the envelope of `EncodedRecord` is taken (the disk refuses it, Kafka and
/// memory take any bytes); what append times are besides plausible (the disk's and memory's clock, Kafka's broker); how much
/// of what may be trimmed is kept (memory nothing, the disk whole segments and a reserve of them).
package enum EventLogPromise: String, CaseIterable, Sendable {
  case namesItsPlacements
  case beginsEmpty
  case countsOffsetsFromZero
  case readsBackWhatWasAppended
  case keepsTheOrderOfOneCaller
  case takesManyAppendsAtOnce
  case takesTheSmallestAndTheLargestRecord
  case keepsEqualRecordsApart
  case keepsPartitionsApart
  case readsFromTheMiddle
  case stopsAtTheByteLimit
  case returnsOneRecordHoweverSmallTheLimit
  case waitsForTheNextRecord
  case returnsNothingWhenPatienceEnds
  case waitingEndsWithTheTask
  case refusesReadsBeyondTheEnd
  case refusesUnknownPartitions
  case boundsFollowTheEnd
  case trimKeepsWhatIsNotBelow
  case refusesReadsBelowTheStart
  case trimNeverGoesBack
  case trimStopsAtTheEnd
  case refusesAppendsWhenSetBack
  case keepsWhatItHasWhenSetBack
  case takesAppendsWhenNothingKnownIsMissing

  /// - Parameter log: Empty, not shared with another check.
  package func check(on log: some EventLog) async throws {
    switch self {
    case .namesItsPlacements: try await checkPlacements(log)
    case .beginsEmpty: try await checkBeginning(log)
    case .countsOffsetsFromZero: try await checkOffsets(log)
    case .readsBackWhatWasAppended: try await checkContents(log)
    case .keepsTheOrderOfOneCaller: try await checkOrder(log)
    case .takesManyAppendsAtOnce: try await checkConcurrency(log)
    case .takesTheSmallestAndTheLargestRecord: try await checkSizes(log)
    case .keepsEqualRecordsApart: try await checkRepetition(log)
    case .keepsPartitionsApart: try await checkPartitions(log)
    case .readsFromTheMiddle: try await checkMiddle(log)
    case .stopsAtTheByteLimit: try await checkLimit(log)
    case .returnsOneRecordHoweverSmallTheLimit: try await checkSmallLimit(log)
    case .waitsForTheNextRecord: try await checkWaiting(log)
    case .returnsNothingWhenPatienceEnds: try await checkPatience(log)
    case .waitingEndsWithTheTask: try await checkCancellation(log)
    case .refusesReadsBeyondTheEnd: try await checkRange(log)
    case .refusesUnknownPartitions: try await checkUnknownPartition(log)
    case .boundsFollowTheEnd: try await checkBounds(log)
    case .trimKeepsWhatIsNotBelow: try await checkTrimKeeps(log)
    case .refusesReadsBelowTheStart: try await checkBelowStart(log)
    case .trimNeverGoesBack: try await checkTrimTwice(log)
    case .trimStopsAtTheEnd: try await checkTrimBeyondTheEnd(log)
    case .refusesAppendsWhenSetBack: try await checkSetback(log)
    case .keepsWhatItHasWhenSetBack: try await checkReadingWhenSetBack(log)
    case .takesAppendsWhenNothingKnownIsMissing: try await checkKnownEnd(log)
    }
  }

  static let partition = PartitionID(0)
  static let plenty = 64 << 20
}
