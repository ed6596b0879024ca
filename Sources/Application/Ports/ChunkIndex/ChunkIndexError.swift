package import Domain

/// Why the index did not do what was asked.
package enum ChunkIndexError: Error, Sendable {
  case alreadyInitialised(Generation)
  /// Another owner committed first: drop the flush, read the state again.
  case lostRace(head: FlushID?)
  /// The index has another generation than the caller started with, or none.
  case wrongGeneration(found: Generation?)
  /// The flush's objects were begun too long ago.
  case tooOld(age: Duration)
  case unavailable(retryAfter: Duration?, reason: String)
  /// What is stored cannot be read.
  case corrupt(reason: String)
  /// Asking again will not help: permission, a newer schema.
  case rejected(reason: String)
  case cancelled
}

extension ChunkIndexError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .alreadyInitialised(let generation): "it has its generation marker already (\(generation))"
    case .lostRace(let head?): "another owner of the partition was first, with commit \(head)"
    case .lostRace(nil): "another owner of the partition was first"
    case .wrongGeneration(let found?): "it has another generation now, \(found)"
    case .wrongGeneration(nil): "it has no generation marker: run 'cordwood index rebuild'"
    case .tooOld(let age): "the flush was begun too long ago, \(age.components.seconds) s"
    case .unavailable(_, let reason), .rejected(let reason): reason
    case .corrupt(let reason): "\(reason): run 'cordwood index rebuild', which makes it again from the objects"
    case .cancelled: "cancelled"
    }
  }
}
