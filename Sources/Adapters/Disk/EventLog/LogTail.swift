import Application

/// What lies behind the last record of a log, of which nothing proves that it was durable once.
struct LogTail: Equatable, Sendable {
  /// Bytes that are no record any more.
  var bytes: Int
  var kind: LogTailKind
  /// The tail had records up to here, as far as one can see: if somebody knows that they were durable, it is damage.
  var reach: UInt64
  /// All of its bytes are accounted for: there were no records from `reach` on.
  var isWhole: Bool
}
