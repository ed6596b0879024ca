/// The name of an object in the store: segments of `[A-Za-z0-9.%_-]` joined by `/`, at most 512 bytes.
///
/// No segment is empty, `.` or `..`, so a key is a safe path on disk too.
package struct ObjectKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  package static let maximumBytes = 512

  package let text: String

  /// Nil if `text` is not such a name.
  package init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= Self.maximumBytes else { return nil }
    for segment in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard !segment.isEmpty, !segment.elementsEqual(".".utf8), !segment.elementsEqual("..".utf8),
        segment.allSatisfy(Self.isAllowed)
      else { return nil }
    }
    self.text = text
  }

  package var description: String { text }

  package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "%"): true
    default: false
    }
  }
}
