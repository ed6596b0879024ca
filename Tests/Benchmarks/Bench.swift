import Application
import Domain
import Transport

/// What all phases share, and their order.
struct Bench: Sendable {
  let program: String
  let agentProgram: String
  /// Every server gets a folder of its own below it.
  let folder: String
  let clock: any WallClock
  /// Carries the connections of the bench.
  let loop: EventLoop

  init(program: String, agentProgram: String, folder: String, clock: any WallClock) {
    self.program = program
    self.agentProgram = agentProgram
    self.folder = folder
    self.clock = clock
    loop = EventLoop()
    loop.start()
  }

  func close() { loop.stop() }

  func measure(_ events: Int, progress: (String) -> Void) async throws -> [Figure] {
    progress("making \(events) events")
    let workload = Workload(events: events, endingAt: clock.now())
    let stored = "\(folder)/stored"

    progress("ingesting them")
    var figures = try await IngestPhase(bench: self, workload: workload).run(in: stored)
    progress("compressing their text")
    figures += StoragePhase(workload: workload).run(objects: FolderSize.bytes(below: stored + "/objects"))
    progress("querying them")
    figures += try await QueryPhase(bench: self, workload: workload).run(in: stored)
    progress("sending single events")
    figures += try await SingleEventPhase(bench: self, workload: workload).run(in: "\(folder)/single")
    progress("waiting for events to become visible")
    figures += try await FreshnessPhase(bench: self, workload: workload).run(in: stored)
    progress("following a file")
    figures += try await TailPhase(bench: self, workload: workload).run(in: "\(folder)/tail")
    progress("following 10,000 idle files")
    figures += try await IdlePhase(bench: self).run(in: "\(folder)/idle")
    return figures
  }
}
