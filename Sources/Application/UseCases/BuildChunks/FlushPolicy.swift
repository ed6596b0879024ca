/// When the open records of a partition become a flush.
package struct FlushPolicy: Hashable, Sendable {
  /// Bytes of records that make a flush due. Larger: fewer and better compressed objects, more memory, longer restarts.
  package var bytes = 32 << 20
  /// How long the oldest open record may wait. Restarts read back at most what came in this time.
  package var age = Duration.seconds(30)

  package init() {}

  package init(bytes: Int, age: Duration) {
    precondition(bytes > 0 && age > .zero, "a flush policy with nothing to wait for")
    self.bytes = bytes
    self.age = age
  }

  /// - Parameters:
  ///   - openBytes: Of records that no flush has.
  ///   - oldest: How long the oldest of them has been open; nil if there is none.
  ///   - isPressed: All partitions together hold more than they may, and this one its share of it.
  package func reason(openBytes: Int, oldest: Duration?, isPressed: Bool) -> FlushReason? {
    guard let oldest else { return nil }
    if openBytes >= bytes { return .size }
    if isPressed { return .memory }
    return oldest >= age ? .age : nil
  }
}
