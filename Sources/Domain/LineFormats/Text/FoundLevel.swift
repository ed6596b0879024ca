/// The level that a line says.
struct FoundLevel: Sendable {
  enum Word: Sendable {
    /// These bytes of the line.
    case written(Range<Int>)
    /// The line has a number; this is what syslog calls it.
    case named([UInt8])
  }

  let severity: Severity
  let word: Word
}
