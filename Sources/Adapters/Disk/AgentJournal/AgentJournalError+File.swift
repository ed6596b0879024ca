import Application

extension AgentJournalError {
  init(_ error: FileError) {
    switch error.kind {
    case .unsuitableName, .notPermitted: self = .rejected(reason: error.description)
    case .notFound, .exists, .full, .other: self = .unavailable(reason: error.description)
    }
  }

  init(_ error: FrameFileError) {
    switch error {
    case .file(let error): self.init(error)
    case .foreign(let reason): self = .rejected(reason: reason)
    case .corrupt(let reason): self = .corrupt(reason: reason)
    }
  }
}
