import Application

extension AgentFailure {
  /// - Parameter folder: What the state folder was given as.
  init(_ error: AgentJournalError, folder: String) {
    switch error {
    case .inUse:
      self.init("another agent uses the state folder '\(folder)': end it, or give this one its own --state-dir")
    case .full(let bytes, let limit):
      self.init("the journal in '\(folder)' is full: \(bytes) bytes wanted, \(limit) allowed")
    case .corrupt(let reason): self.init("the journal in '\(folder)' is damaged: \(reason)")
    case .unavailable(let reason), .rejected(let reason): self.init("the journal in '\(folder)': \(reason)")
    }
  }

  init(_ error: LogSourceError) {
    switch error {
    case .notFound(let path): self.init("there is no file '\(path)'")
    case .unreadable(let name, let reason): self.init("cannot read '\(name)': \(reason)")
    case .corrupt(let name, let reason): self.init("'\(name)' is damaged: \(reason)")
    case .cancelled: self.init("interrupted")
    }
  }
}
