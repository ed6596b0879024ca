package import Application
import Domain
import Testing

/// What every object store promises, checked on an empty store of its own.
///
/// Left open on purpose: the order of a listing (bytewise from S3, by folders from the disk); an object whose name is also a
/// folder of another's (the disk refuses the second); what a listing shows of objects written or deleted meanwhile; whether
/// `putIfAbsent` can tell (`ObjectStoreAbilities`).
package enum ObjectStorePromise: String, CaseIterable, Sendable {
  case readsBackWhatWasWritten
  case keepsEmptyAndLargeObjects
  case absentKeyIsNotFound
  case putReplacesTheWholeObject
  case secondPutIfAbsentIsRefused
  case onlyOneOfManyPutIfAbsentSucceeds
  case readersNeverSeeHalfAnObject
  case refusesObjectsAboveTheLimit
  case readsRanges
  case refusesRangesBeyondTheEnd
  case readsEnds
  case listsWhatIsBelowAFolder
  case listsInPagesEachKeyOnce
  case deletedObjectsAreGone
  case deletingNothingIsNoError
  case takesTheLongestKey
  case cancelledCallsSaySo

  /// - Parameters:
  ///   - store: Empty, not shared with another check.
  ///   - abilities: What this store cannot do is not checked.
  package func check(on store: some ObjectStore, _ abilities: ObjectStoreAbilities = .all) async throws {
    switch self {
    case .readsBackWhatWasWritten: try await checkContents(store)
    case .keepsEmptyAndLargeObjects: try await checkSizes(store)
    case .absentKeyIsNotFound: try await checkAbsence(store)
    case .putReplacesTheWholeObject: try await checkReplacement(store)
    case .secondPutIfAbsentIsRefused: if abilities.contains(.putIfAbsent) { try await checkPutIfAbsent(store) }
    case .onlyOneOfManyPutIfAbsentSucceeds: if abilities.contains(.putIfAbsent) { try await checkRace(store) }
    case .readersNeverSeeHalfAnObject: try await checkAtomicity(store)
    case .refusesObjectsAboveTheLimit: try await checkLimit(store)
    case .readsRanges: try await checkRanges(store)
    case .refusesRangesBeyondTheEnd: try await checkBadRanges(store)
    case .readsEnds: try await checkEnds(store)
    case .listsWhatIsBelowAFolder: try await checkListing(store)
    case .listsInPagesEachKeyOnce: try await checkPages(store)
    case .deletedObjectsAreGone: try await checkDeletion(store)
    case .deletingNothingIsNoError: try await checkIdleDeletion(store)
    case .takesTheLongestKey: try await checkLongKey(store)
    case .cancelledCallsSaySo: try await checkCancellation(store)
    }
  }

  static let plenty = 64 << 20

  func key(_ text: String) throws -> ObjectKey { try #require(ObjectKey(text)) }

  /// Bytes that differ from object to object.
  func sample(_ seed: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8 &+ seed) }
  }

  /// Expects an error that `matches`.
  func expect(
    _ what: String, _ matches: (ObjectStoreError) -> Bool, of call: () async throws -> Void
  ) async {
    do {
      try await call()
      Issue.record("\(what) was no error")
    } catch let error as ObjectStoreError {
      if !matches(error) { Issue.record("\(what) was answered by \(error)") }
    } catch {
      Issue.record("\(what) was answered by \(error)")
    }
  }
}
