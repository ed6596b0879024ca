/// What a task has touched and its loop must look at: see `EventLoop.schedule`.
protocol LoopServiced: AnyObject, Sendable {
  /// Called on the loop, outside of every parser callback.
  func service()
}
