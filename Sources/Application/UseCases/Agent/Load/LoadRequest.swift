/// A kind of request: its events, in order, share a trace.
struct LoadRequest: Sendable {
  /// In a thousand requests, so many are of this kind.
  let share: Int
  let steps: [LoadStep]

  init(_ share: Int, _ steps: LoadStep...) {
    self.share = share
    self.steps = steps
  }
}
