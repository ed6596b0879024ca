import Testing

@Suite("delivery under random schedules", .timeLimit(.minutes(2)))
struct DeliverySimulationTests {
  static let seeds: UInt64 = 400

  @Test("loses nothing, stores nothing twice, never says complete when it is not")
  func holds() throws {
    var (complete, rebuilds) = (0, 0)
    for seed in 1...Self.seeds {
      var simulation = try DeliverySimulation(seed: seed)
      simulation.run()
      #expect(simulation.faults.isEmpty, "seed \(seed): \(simulation.faults)")
      complete += simulation.completeAnswers
      rebuilds += simulation.rebuilds
    }
    #expect(rebuilds > 500, "too few rebuilds to mean anything: \(rebuilds)")
    #expect(complete > 300, "too few complete answers to mean anything: \(complete)")
  }

  @Test("notices each rule that is taken out", arguments: DeliverySimulation.Break.allCases)
  func notices(_ rule: DeliverySimulation.Break) throws {
    let broke = try (1...Self.seeds).filter { seed in
      var simulation = try DeliverySimulation(seed: seed, broken: rule)
      simulation.run()
      return !simulation.faults.isEmpty
    }
    #expect(!broke.isEmpty, "\(rule) was not noticed in \(Self.seeds) schedules")
  }
}
