/// The task executor of an `EventLoop`.
final class LoopTasks: TaskExecutor {
  /// Weak: tasks keep their executor alive, and must not keep a stopped loop.
  private weak let loop: EventLoop?

  init(loop: EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    guard let loop else { preconditionFailure("a task became ready on an event loop that is gone: stop loops last") }
    loop.enqueueTask(job)
  }
}
