package import Application

/// Why a door gave no answer, without the words.
package enum EventQueryRefusal: Error, Hashable, Sendable {
  case invalidCursor
  case invalidRequest(field: String)
  case overBudget
  case unavailable
  case cancelled
  /// Something that no door may answer: a crash of the server, an unknown status. `detail` is for the test's reader.
  case broken(detail: String)

  package init(_ error: EventQueryError) {
    self =
      switch error {
      case .invalidCursor: .invalidCursor
      case .invalidRequest(let field, _): .invalidRequest(field: field)
      case .overBudget: .overBudget
      case .unavailable: .unavailable
      case .cancelled: .cancelled
      }
  }
}
