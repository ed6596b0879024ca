import InProcessAdapter
import Testing
import Threads

@testable import KafkaAdapter

@Suite("Waiting without blocking", .timeLimit(.minutes(1)))
struct WaitingTests {
  @Test("a signal keeps a wake that came before the wait, ends with its time, and with the task")
  func signal() async {
    let (signal, clock) = (WakeSignal(), SystemClock())
    signal.wake()
    await signal.wait(for: .seconds(60), clock)
    await signal.wait(for: .milliseconds(5), clock)
    let waiting = Task { await signal.wait(for: .seconds(60), clock) }
    waiting.cancel()
    await waiting.value
  }

  @Test("a turn goes from one to the next, and passes over who has left")
  func turn() async {
    let turn = Turn()
    #expect(await turn.acquire())
    #expect(!turn.tryAcquire())
    let left = Task { await turn.acquire() }
    left.cancel()
    #expect(await left.value == false)
    let next = Task { await turn.acquire() }
    while !turn.isWanted { await Task.yield() }
    turn.release()
    #expect(await next.value)
    turn.release()
    #expect(turn.tryAcquire())
  }

  @Test("a turn lets one in at a time")
  func exclusion() async {
    let turn = Turn()
    let inside = Lock((now: 0, most: 0, all: 0))
    await withTaskGroup { group in
      for _ in 0..<20 {
        group.addTask { @concurrent in
          for _ in 0..<50 {
            guard await turn.acquire() else { return }
            inside.withLock { state in
              state.now += 1
              state.most = max(state.most, state.now)
              state.all += 1
            }
            await Task.yield()
            inside.withLock { $0.now -= 1 }
            turn.release()
          }
        }
      }
    }
    #expect(inside.withLock { $0.most } == 1 && inside.withLock { $0.all } == 1_000)
  }

  @Test("an answer is never older than its question, and many share one")
  func sharing() async {
    let pool = ThreadPool(name: "asking", threads: 1)
    let asked = Lock(0)
    let question = SharedQuestion(on: pool) {
      .success(
        asked.withLock { count in
          count += 1
          return count
        })
    }
    await withTaskGroup { group in
      for _ in 0..<200 {
        group.addTask { @concurrent in
          let before = asked.withLock { $0 }
          let answer = await question.ask().flatMap { try? $0.get() }
          #expect((answer ?? 0) > before)
        }
      }
    }
    #expect(asked.withLock { $0 } <= 200)
    let cancelled = Task { () -> Bool in
      while !Task.isCancelled { await Task.yield() }
      return await question.ask() == nil
    }
    cancelled.cancel()
    #expect(await cancelled.value)
  }
}
