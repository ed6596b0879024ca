import Application
import DiskAdapter

/// A backend that cannot be opened at start.
struct OpeningError: Error, CustomStringConvertible {
  let description: String

  private init(_ what: String, _ folder: String, _ reason: String) {
    description = "\(what) in '\(folder)' cannot be opened: \(reason)"
  }

  init(_ folder: String, _ error: DataFolderError) {
    description = "the data folder '\(folder)' cannot be used: \(error)"
  }

  init(_ what: String, in folder: String, _ error: EventLogError) {
    switch error {
    case .full(_, let reason), .unavailable(_, let reason), .rejected(let reason), .corrupt(_, _, _, let reason):
      self.init(what, folder, reason)
    case .setBack(let setback): self.init(what, folder, setback.description)
    case .unknownPartition, .outOfRange, .closed, .cancelled: self.init(what, folder, "\(error)")
    }
  }

  init(_ what: String, in folder: String, _ error: ObjectStoreError) {
    switch error {
    case .unavailable(_, let reason), .full(let reason), .rejected(let reason): self.init(what, folder, reason)
    case .notFound, .alreadyExists, .tooLarge, .rangeNotSatisfiable, .cancelled: self.init(what, folder, "\(error)")
    }
  }

  init(_ what: String, in folder: String, _ error: DeadLetterQueueError) {
    switch error {
    case .full(let reason), .unavailable(_, let reason), .corrupt(let reason): self.init(what, folder, reason)
    case .cancelled: self.init(what, folder, "cancelled")
    }
  }

  init(_ what: String, in folder: String, _ error: ChunkIndexError) {
    switch error {
    case .corrupt(let reason):
      self.init(what, folder, "\(reason): run 'cordwood index rebuild', which moves the file aside and makes a new one")
    case .unavailable(_, let reason), .rejected(let reason): self.init(what, folder, reason)
    case .alreadyInitialised, .lostRace, .wrongGeneration, .tooOld, .cancelled: self.init(what, folder, "\(error)")
    }
  }
}
