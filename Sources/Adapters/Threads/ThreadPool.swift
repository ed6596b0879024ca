import Glibc

/// A fixed number of threads that run Swift jobs: for calls that block (fsync, SQLite, file reads) and for long
/// computation (building and scanning chunks), neither of which may hold up the event loops or the cooperative pool.
///
/// `run` is for what blocks or computes, `host` for what waits in between; or use it as a task's executor preference.
/// Jobs run in the order in which they were queued; the queue holds one entry a suspended task that became ready, so its
/// length is bounded by the number of live tasks. The threads end when the last reference to the pool goes.
package final class ThreadPool: TaskExecutor {
  private let queue = JobQueue()

  /// - Parameters:
  ///   - name: Shown by `ps -L` and debuggers; cut to 15 bytes by the kernel.
  ///   - threads: At least one.
  package init(name: String, threads: Int) {
    precondition(threads > 0, "a thread pool needs a thread")
    for _ in 0..<threads { startThread(named: name) }
  }

  deinit { queue.close() }

  package func enqueue(_ job: consuming ExecutorJob) {
    queue.push(UnownedJob(job))
  }

  /// Runs `body` on one of the pool's threads and waits for it. For synchronous work that may block.
  package func run<Result: Sendable, Failure: Error>(
    _ body: @Sendable () throws(Failure) -> Result
  ) async throws(Failure) -> Result {
    let outcome: Swift.Result<Result, Failure> = await withTaskExecutorPreference(self) {
      do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  private func startThread(named name: String) {
    // The thread owns the queue, not the pool: else the pool could never go away.
    let start = unsafe ThreadStart(queue: queue, name: name, executor: asUnownedTaskExecutor())
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        unsafe Unmanaged<ThreadStart>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(start).toOpaque())
    precondition(status == 0, "pthread_create failed with \(status)")
    pthread_detach(thread)
  }
}

@safe
private final class ThreadStart {
  private let queue: JobQueue
  private let name: String
  private let executor: UnownedTaskExecutor

  init(queue: JobQueue, name: String, executor: UnownedTaskExecutor) {
    self.queue = queue
    self.name = name
    unsafe self.executor = executor
  }

  func run() {
    nameThisThread(name)
    while let job = queue.pop() { unsafe job.runSynchronously(on: executor) }
  }
}

/// Through /proc, since Glibc's module map lacks `pthread_setname_np`. A name is a convenience: failure is ignored.
private func nameThisThread(_ name: String) {
  let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  let bytes = Array(name.utf8.prefix(15))
  _ = unsafe write(file, bytes, bytes.count)
  close(file)
}
