import Application
import Domain

extension ObjectStoreError {
  /// A call on the file of an object that failed.
  init(_ error: FileError, _ key: ObjectKey?) {
    switch (error.kind, key) {
    case (.notFound, let key?): self = .notFound(key)
    case (.exists, let key?): self = .alreadyExists(key)
    case (.full, _): self = .full(reason: "\(error): free space on the store's device")
    case (.unsuitableName, _): self = .rejected(reason: "\(error): the key cannot be a path here")
    case (.notPermitted, _): self = .rejected(reason: error.description)
    case (.notFound, nil), (.exists, nil), (.other, _): self = .unavailable(retryAfter: nil, reason: error.description)
    }
  }
}
