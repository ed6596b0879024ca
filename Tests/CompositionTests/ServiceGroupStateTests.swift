import Testing

@testable import Composition

@Suite("The order of a group's end")
struct ServiceGroupStateTests {
  struct Trouble: Error {}

  private func group() -> ServiceGroupState {
    ServiceGroupState(names: ["log", "index", "server"], deadline: .seconds(9))
  }

  @Test("is the reverse of the start, one after another")
  func reverse() {
    var state = group()
    #expect(state.handle(.stopRequested) == .beginStop(2))
    #expect(state.handle(.ended(service: 2, nil)) == .stop(1))
    #expect(state.handle(.ended(service: 1, nil)) == .stop(0))
    #expect(state.handle(.ended(service: 0, nil)) == .finish)
    #expect(state.failure == nil)
  }

  @Test("begins when a service fails, and keeps its error")
  func failure() {
    var state = group()
    #expect(state.handle(.ended(service: 1, Trouble())) == .beginStop(2))
    #expect(state.handle(.ended(service: 2, Trouble())) == .stop(0))
    #expect(state.handle(.ended(service: 0, nil)) == .finish)
    #expect("\(state.failure.map { "\($0)" } ?? "")" == "index failed: Trouble()")
  }

  @Test("begins when a service returns unasked")
  func unasked() {
    var state = group()
    #expect(state.handle(.ended(service: 2, nil)) == .beginStop(1))
    #expect(state.failure.map { "\($0)" } == "server ended although nothing had asked it to")
  }

  @Test("skips a service that has ended before its turn")
  func endsBeforeItsTurn() {
    var state = group()
    #expect(state.handle(.stopRequested) == .beginStop(2))
    #expect(state.handle(.ended(service: 1, nil)) == .none)
    #expect(state.handle(.ended(service: 2, nil)) == .stop(0))
  }

  @Test("keeps the error of a service that fails while it stops")
  func failsWhileStopping() {
    var state = group()
    _ = state.handle(.stopRequested)
    #expect(state.handle(.ended(service: 2, Trouble())) == .stop(1))
    #expect(state.failure.map { "\($0)" } == "server failed: Trouble()")
  }

  @Test("comes with the deadline at the latest, for all that still run")
  func deadline() {
    var state = group()
    _ = state.handle(.stopRequested)
    _ = state.handle(.ended(service: 2, nil))
    #expect(state.handle(.deadlinePassed) == .abandon([1, 0]))
    #expect(state.failure.map { "\($0)" } == "still running 9s after the stop began: index, log")
    #expect(state.handle(.ended(service: 1, nil)) == .none)
  }

  @Test("is not asked for twice")
  func twice() {
    var state = group()
    #expect(state.handle(.stopRequested) == .beginStop(2))
    #expect(state.handle(.stopRequested) == .none)
  }

  @Test("comes at once when the only service ends")
  func single() {
    var state = ServiceGroupState(names: ["log"], deadline: .seconds(1))
    #expect(state.handle(.ended(service: 0, nil)) == .finish)
  }
}
