extension [UInt8] {
  /// Whether these are the bytes of `other`, in a time that tells nothing but the length: no early end at the first byte that
  /// differs. For secrets that somebody may guess at.
  package func isSameSecret(as other: [UInt8]) -> Bool {
    guard count == other.count else { return false }
    var difference: UInt8 = 0
    for index in indices { difference |= self[index] ^ other[index] }
    return difference == 0
  }
}
