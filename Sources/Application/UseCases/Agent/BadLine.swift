package import Domain

/// A line of a source that is not an event.
package struct BadLine: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Problem: Equatable, Sendable {
    case unreadable(JSONLineError)
    case badService(NameError)
    /// Longer than `LineSplitter.maximumLineBytes`.
    case tooLong
    /// The event alone is larger than a batch may be.
    case tooLarge(bytes: Int, limit: Int)
  }

  /// From 1.
  package let line: Int
  package let problem: Problem

  package init(line: Int, _ problem: Problem) {
    self.line = line
    self.problem = problem
  }

  package var description: String {
    switch problem {
    case .unreadable(let error): "line \(line), \(error)"
    case .badService(let error): "line \(line): the service: \(error)"
    case .tooLong: "line \(line): the line is longer than \(LineSplitter.maximumLineBytes) bytes"
    case .tooLarge(let bytes, let limit):
      "line \(line): the event takes up to \(bytes) bytes, the server takes \(limit)"
    }
  }
}
