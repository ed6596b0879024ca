/// Why bytes could not be read as what they should be.
///
/// Shared by every decoder of the domain (records, chunks, cursors); the message names the offset.
package struct DecodingError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Kind: Equatable, Sendable {
    /// The bytes end before the value does.
    case truncated
    /// A checksum differs.
    case corrupt
    /// A value that the format does not allow.
    case malformed
    /// A format version newer than this build reads.
    case unsupportedVersion
  }

  package let kind: Kind
  /// Bytes from the start of what is decoded.
  package let offset: Int
  /// What was read and what was expected, without any log text.
  package let reason: String

  package init(_ kind: Kind, at offset: Int, _ reason: String) {
    self.kind = kind
    self.offset = offset
    self.reason = reason
  }

  package var description: String { "\(reason) (at byte \(offset))" }
}
