package import Domain

/// Fresh names that nobody else has: 128 random bits.
package protocol Identifiers: Sendable {
  func next() -> Identifier128
}
