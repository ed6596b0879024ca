import Domain

/// A batch of this journal.
struct BatchName: Hashable, Sendable {
  let stream: StreamID
  let sequence: UInt64
}
