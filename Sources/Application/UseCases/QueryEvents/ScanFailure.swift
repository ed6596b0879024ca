import Domain

/// Why a source could not be looked through.
struct ScanFailure: Error, Sendable {
  let reason: String
  let isCancelled: Bool

  init(reason: String, isCancelled: Bool) {
    self.reason = reason
    self.isCancelled = isCancelled
  }

  init(_ error: DecodingError) { self.init(reason: error.description, isCancelled: false) }

  init(_ error: ObjectStoreError) {
    switch error {
    case .notFound: self.init(reason: "it is not in the object store", isCancelled: false)
    case .rangeNotSatisfiable(_, let size):
      self.init(reason: "it has only \(size) bytes: it is cut off", isCancelled: false)
    case .unavailable(_, let reason), .full(let reason), .rejected(let reason):
      self.init(reason: reason, isCancelled: false)
    case .alreadyExists, .tooLarge: self.init(reason: "an unexpected answer of the object store", isCancelled: false)
    case .cancelled: self.init(reason: "cancelled", isCancelled: true)
    }
  }
}
