extension String {
  /// With spaces behind it up to `width` characters; a longer one as it is.
  package func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
