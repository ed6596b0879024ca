/// The level that a line says, and the bytes of the line that say it.
struct FoundLevel: Sendable {
  let severity: Severity
  let range: Range<Int>
}
