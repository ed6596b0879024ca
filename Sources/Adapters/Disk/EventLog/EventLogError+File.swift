import Application
import Domain

extension EventLogError {
  /// A write that failed.
  ///
  /// No space is told apart since nothing was kept then: the tail is cut off, and the log goes on once there is some.
  init(writing error: FileError, retryAfter: Duration) {
    switch error.kind {
    case .full: self = .full(retryAfter: retryAfter, reason: "\(error): free space on the log's device")
    case .notFound, .exists, .unsuitableName, .notPermitted, .other:
      self = .unavailable(retryAfter: retryAfter, reason: error.description)
    }
  }

  /// Something at opening, which mostly reads.
  init(opening error: FileError) {
    if error.kind == .full {
      self.init(writing: error, retryAfter: .seconds(1))
    } else {
      self.init(reading: error)
    }
  }

  /// A read that failed.
  init(reading error: FileError) {
    switch error.kind {
    case .notPermitted, .unsuitableName: self = .rejected(reason: error.description)
    case .notFound, .exists, .full, .other: self = .unavailable(retryAfter: .seconds(1), reason: error.description)
    }
  }
}
