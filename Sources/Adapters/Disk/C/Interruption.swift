import Glibc

/// Calls again as long as a signal interrupted the call before it did anything.
func repeatWhileInterrupted<Value: SignedInteger>(_ call: () -> Value) -> Value {
  while true {
    let value = call()
    if value >= 0 || errno != EINTR { return value }
  }
}
