/// What became of trying to open a backend once.
enum Attempt<Value: Sendable>: Sendable {
  case opened(Value)
  /// It may come.
  case away(reason: String)
  /// Somebody has to change something.
  case refused(reason: String)
  case cancelled
}
