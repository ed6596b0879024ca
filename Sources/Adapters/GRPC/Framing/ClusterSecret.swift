import Domain
import Transport

/// What the services of one system know and nobody else: it lets them ask each other. Never printed.
package struct ClusterSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Shorter ones can be guessed; longer ones would only fill header blocks.
  package static let lengths = 16...256

  private static let scheme = "Bearer "

  private let text: String

  /// - Returns: Nil unless `text` is 16 to 256 printable ASCII characters without a space, as a header field can carry them.
  package init?(_ text: String) {
    guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      return nil
    }
    self.text = text
  }

  package var description: String { "•••" }
  package var debugDescription: String { "•••" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  /// The value of the field `authorization` (RFC 6750).
  var authorization: String { Self.scheme + text }

  /// Whether a call's metadata has this secret, exactly once.
  func isKnown(in metadata: HTTPFields) -> Bool {
    let given = metadata.all("authorization")
    guard given.count == 1, let given = given.first else { return false }
    return Array(given.utf8).isSameSecret(as: Array(authorization.utf8))
  }
}
