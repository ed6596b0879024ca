/// A setting that cannot be: which, its value, and what was expected.
package struct S3ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
