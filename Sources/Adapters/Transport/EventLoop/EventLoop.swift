import Cevent
import Glibc
import Threads

/// One thread around one libevent base, which carries sockets and runs Swift jobs.
///
/// It is a `SerialExecutor` (for actors that live on it) and lends a `TaskExecutor`, `tasks`, for handlers:
/// `Task(executorPreference: loop.tasks)`. Jobs run between event callbacks, never inside one, so the C parsers are never
/// re-entered. A turn is: events, calls, jobs, streams that their tasks touched, connections that have bytes to send;
/// until nothing is left to do, which batches what tasks wrote into few system calls.
///
/// Nothing on a loop may block or compute for more than about 100 µs: every connection of the loop waits meanwhile.
@safe
package final class EventLoop: SerialExecutor, @unchecked Sendable {
  // Sendable: what crosses threads is in `inbox`, under its lock; all else is touched by the loop's thread only.

  /// What one `read` can take. One buffer a loop, since parsers copy what they keep before the next read.
  static let readBufferBytes = 128 << 10
  /// The grain of all time-outs but the connect deadline: coarse, so that a connection needs no timer of its own.
  static let sweepIntervalMilliseconds: UInt64 = 250

  private struct Job {
    let job: UnownedJob
    let isSerial: Bool
  }

  private struct Inbox {
    var jobs: [Job] = []
    var serviced: [any LoopServiced] = []
    var calls: [@Sendable () -> Void] = []
    var isSignalled = false
    var isStopping = false
    var isStopped = false
  }

  /// Jobs that become ready after `stop`: they run here, so that whoever awaits them does not wait for ever.
  static let lateJobs = ThreadPool(name: "late-jobs", threads: 1)

  private let inbox = Lock(Inbox())
  private let wakeDescriptor: Int32
  private var wakeEvent: OpaquePointer?
  private var sweepEvent: OpaquePointer?
  private var taskExecutor: LoopTasks?

  let base: OpaquePointer
  let readBuffer: UnsafeMutableRawBufferPointer
  private var thread: pthread_t = 0
  private var localJobs: [Job] = []
  private var runningJobs: [Job] = []
  private var localServiced: [any LoopServiced] = []
  private var dirtyConnections: [LoopConnection] = []
  private var readAgain: [LoopConnection] = []
  private var unsettled: [LoopConnection] = []
  private var deadlines: [(due: UInt64, call: @Sendable () -> Void)] = []
  private(set) var connections: [ObjectIdentifier: LoopConnection] = [:]

  /// Milliseconds of the monotonic clock, as of the last sweep: at most 250 ms old.
  private(set) var now: UInt64 = MonotonicClock.milliseconds()
  /// The `Date` field's value, as of the last sweep.
  private(set) var date = HTTPDate.now()

  package init() {
    unsafe readBuffer = .allocate(byteCount: Self.readBufferBytes, alignment: 64)
    unsafe base = EventBase.make()
    wakeDescriptor = cordwood_eventfd()
    precondition(wakeDescriptor >= 0, "eventfd failed with \(errno)")
    taskExecutor = LoopTasks(loop: self)
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe wakeEvent = event_new(
      base, wakeDescriptor, Int16(EV_READ | EV_PERSIST),
      { descriptor, _, _ in
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, 8)
      }, nil)
    unsafe sweepEvent = event_new(
      base, -1, Int16(EV_PERSIST),
      { _, _, me in unsafe Unmanaged<EventLoop>.fromOpaque(me!).takeUnretainedValue().sweep() }, me)
    var interval = timeval(tv_sec: 0, tv_usec: Int(Self.sweepIntervalMilliseconds) * 1000)
    unsafe event_add(wakeEvent, nil)
    unsafe event_add(sweepEvent, &interval)
  }

  deinit {
    unsafe event_free(wakeEvent)
    unsafe event_free(sweepEvent)
    unsafe event_base_free(base)
    unsafe readBuffer.deallocate()
    close(wakeDescriptor)
  }

  /// The executor for handlers' tasks; what runs on it is to be short between its waits. A second object on purpose: jobs run
  /// as the serial executor's would be enqueued again at every call of a nonisolated async function (4.1 jobs a message
  /// instead of 0.13).
  package var tasks: any TaskExecutor { taskExecutor! }  // set in `init`, never cleared

  /// Whether the caller runs on this loop's thread.
  package var inLoop: Bool { pthread_equal(pthread_self(), thread) != 0 }

  /// Starts the loop's thread. Once; the thread keeps the loop alive until `stop`.
  package func start() {
    var handle = pthread_t()
    let status = unsafe pthread_create(
      &handle, nil,
      { argument in
        unsafe Unmanaged<EventLoop>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    precondition(status == 0, "pthread_create failed with \(status)")
    pthread_detach(handle)
  }

  /// Closes every connection of the loop, lets the tasks that this wakes run, and ends the thread. Returns at once.
  /// Drain servers and close clients before. Jobs that become ready later run on a thread of their own.
  package func stop() {
    wake { $0.isStopping = true }
  }

  /// Runs `call` on the loop, after the events of its current turn; never inside the caller's frame.
  ///
  /// - Returns: False if the loop is stopped, and `call` will not run.
  @discardableResult
  package func execute(_ call: @escaping @Sendable () -> Void) -> Bool {
    wake { $0.calls.append(call) }
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    push(UnownedJob(job), isSerial: true)
  }

  func enqueueTask(_ job: UnownedJob) {
    push(job, isSerial: false)
  }

  private func push(_ job: UnownedJob, isSerial: Bool) {
    if inLoop {
      localJobs.append(Job(job: job, isSerial: isSerial))
    } else {
      let isTaken = wake { $0.jobs.append(Job(job: job, isSerial: isSerial)) }
      if !isTaken { Self.lateJobs.enqueue(ExecutorJob(job)) }
    }
  }

  /// Has `stream` serviced in this turn (from the loop) or the next (from elsewhere).
  func schedule(_ stream: any LoopServiced) {
    if inLoop {
      localServiced.append(stream)
    } else {
      wake { $0.serviced.append(stream) }
    }
  }

  /// - Returns: False if the loop's thread has ended and nothing was queued.
  @discardableResult
  private func wake(_ change: (inout Inbox) -> Void) -> Bool {
    let (isTaken, mustSignal) = inbox.withLock { inbox in
      if inbox.isStopped { return (false, false) }
      change(&inbox)
      defer { inbox.isSignalled = true }
      return (true, !inbox.isSignalled)
    }
    if mustSignal {
      var one: UInt64 = 1
      _ = unsafe write(wakeDescriptor, &one, 8)
    }
    return isTaken
  }
}

// MARK: - For connections, on the loop

extension EventLoop {
  func add(_ connection: LoopConnection) { connections[ObjectIdentifier(connection)] = connection }

  func remove(_ connection: LoopConnection) { connections[ObjectIdentifier(connection)] = nil }

  /// Has `connection` pumped before the loop sleeps.
  func markDirty(_ connection: LoopConnection) { dirtyConnections.append(connection) }

  /// Has `connection` read again in the next turn, after other connections had theirs. Not by `event_active`, which would
  /// run again within the same turn and starve jobs.
  func readLater(_ connection: LoopConnection) { readAgain.append(connection) }

  /// Calls `connection.settle` once jobs and streams are quiet.
  func settleLater(_ connection: LoopConnection) { unsettled.append(connection) }

  /// Runs `call` on the loop at the first sweep after `delay`.
  func after(_ delay: Duration, _ call: @escaping @Sendable () -> Void) {
    deadlines.append((MonotonicClock.milliseconds() + delay.wholeMilliseconds, call))
  }

  private func sweep() {
    now = MonotonicClock.milliseconds()
    date = HTTPDate.now()
    for connection in Array(connections.values) { connection.sweep(now) }
    if deadlines.isEmpty { return }
    let due = deadlines.filter { $0.due <= now }
    deadlines.removeAll { $0.due <= now }
    for deadline in due { deadline.call() }
  }
}

// MARK: - The thread

extension EventLoop {
  private func run() {
    thread = pthread_self()
    SignalMask.blockAll()
    let wait = Int32(EVLOOP_ONCE | EVLOOP_NO_EXIT_ON_EMPTY)
    var isStopping = false
    while !isStopping {
      unsafe event_base_loop(base, readAgain.isEmpty ? wait : wait | Int32(EVLOOP_NONBLOCK))
      let again = readAgain
      readAgain.removeAll(keepingCapacity: true)
      for connection in again { connection.readable() }
      isStopping = settleDown()
    }
    for connection in Array(connections.values) { connection.close(.cancelled) }
    repeat {
      _ = settleDown()
    } while !inbox.withLock { inbox in
      inbox.isStopped = !inbox.isSignalled
      return inbox.isStopped
    }
    thread = 0
  }

  /// Runs jobs, services streams and pumps connections until none is left, since each makes work for the others.
  ///
  /// - Returns: Whether `stop` was called.
  private func settleDown() -> Bool {
    var isStopping = false
    while true {
      var calls: [@Sendable () -> Void] = []
      inbox.withLock { inbox in
        isStopping = isStopping || inbox.isStopping
        guard inbox.isSignalled else { return }
        inbox.isSignalled = false
        localJobs.append(contentsOf: inbox.jobs)
        inbox.jobs.removeAll(keepingCapacity: true)
        localServiced.append(contentsOf: inbox.serviced)
        inbox.serviced.removeAll(keepingCapacity: true)
        swap(&calls, &inbox.calls)
      }
      for call in calls { call() }
      runJobs()
      if !localJobs.isEmpty { continue }
      var index = 0
      while index < localServiced.count {
        localServiced[index].service()
        index += 1
      }
      localServiced.removeAll(keepingCapacity: true)
      let dirty = dirtyConnections
      dirtyConnections.removeAll(keepingCapacity: true)
      for connection in dirty { connection.pumpIfOpen() }
      guard localJobs.isEmpty, localServiced.isEmpty, dirtyConnections.isEmpty else { continue }
      if unsettled.isEmpty { return isStopping }
      let connections = unsettled
      unsettled.removeAll()
      for connection in connections { connection.settle() }
    }
  }

  private func runJobs() {
    if localJobs.isEmpty { return }
    let serial = unsafe asUnownedSerialExecutor()
    let tasks = unsafe taskExecutor!.asUnownedTaskExecutor()  // set in `init`, never cleared
    swap(&localJobs, &runningJobs)
    for job in runningJobs {
      if job.isSerial {
        unsafe job.job.runSynchronously(on: serial)
      } else {
        unsafe job.job.runSynchronously(on: tasks)
      }
    }
    runningJobs.removeAll(keepingCapacity: true)
  }
}
