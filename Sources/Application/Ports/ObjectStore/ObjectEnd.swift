/// The last bytes of an object.
package struct ObjectEnd: Hashable, Sendable {
  package let bytes: [UInt8]
  /// Bytes of the whole object.
  package let size: Int

  package init(bytes: [UInt8], size: Int) {
    self.bytes = bytes
    self.size = size
  }
}
