import Application
package import Domain

/// Identifiers from the system's cryptographic random numbers (`getrandom`).
package struct RandomIdentifiers: Identifiers {
  package init() {}

  package func next() -> Identifier128 {
    var generator = SystemRandomNumberGenerator()
    return Identifier128(high: generator.next(), low: generator.next())
  }
}
