import Glibc

/// The waiting jobs of a `ThreadPool`: a first-in, first-out queue that threads sleep on.
@safe
final class JobQueue: @unchecked Sendable {  // every access to the stored state is under `mutex`
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let isReady: UnsafeMutablePointer<pthread_cond_t>
  private var jobs: [UnownedJob] = []
  private var head = 0
  private var isClosed = false

  init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe isReady = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe isReady.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(isReady, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(isReady)
    unsafe pthread_mutex_destroy(mutex)
    unsafe isReady.deallocate()
    unsafe mutex.deallocate()
  }

  func push(_ job: UnownedJob) {
    unsafe pthread_mutex_lock(mutex)
    jobs.append(job)
    unsafe pthread_cond_signal(isReady)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// The next job; nil once the queue is closed and empty.
  func pop() -> UnownedJob? {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while head == jobs.count {
      if isClosed { return nil }
      unsafe pthread_cond_wait(isReady, mutex)
    }
    let job = jobs[head]
    head += 1
    // Also while it never gets empty: what is done must not add up.
    if head > jobs.count / 2 {
      jobs.removeFirst(head)
      head = 0
    } else if head >= 1024, head * 2 > jobs.count {
      // A queue that is never quite empty must not grow for ever.
      jobs.removeFirst(head)
      head = 0
    }
    return job
  }

  func close() {
    unsafe pthread_mutex_lock(mutex)
    isClosed = true
    unsafe pthread_cond_broadcast(isReady)
    unsafe pthread_mutex_unlock(mutex)
  }
}
