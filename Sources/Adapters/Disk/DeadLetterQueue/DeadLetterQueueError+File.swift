import Application

extension DeadLetterQueueError {
  init(_ error: FileError) {
    switch error.kind {
    case .full: self = .full(reason: "\(error): free space on the device of the dead letters")
    case .notFound, .exists, .unsuitableName, .notPermitted, .other:
      self = .unavailable(retryAfter: nil, reason: error.description)
    }
  }

  init(_ error: FrameFileError) {
    switch error {
    case .file(let error): self.init(error)
    case .foreign(let reason): self = .unavailable(retryAfter: nil, reason: reason)
    case .corrupt(let reason): self = .corrupt(reason: reason)
    }
  }
}
