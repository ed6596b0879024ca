/// The task executor of an `EventLoop`.
final class LoopTasks: TaskExecutor {
  /// Weak: tasks keep their executor alive, and must not keep a stopped loop.
  private weak let loop: EventLoop?

  init(loop: EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    guard let loop else { return EventLoop.lateJobs.enqueue(job) }
    loop.enqueueTask(UnownedJob(job))
  }
}
