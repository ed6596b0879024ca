import Testing

@Suite("delivery under random schedules", .timeLimit(.minutes(2)))
struct DeliverySimulationTests {
  typealias Rule = DeliverySimulation.Break

  static let seeds: UInt64 = 500

  @Test("loses nothing, stores nothing twice, never says complete when it is not")
  func holds() throws {
    var (complete, rebuilds, gaps) = (0, 0, 0)
    for seed in 1...Self.seeds {
      var simulation = try DeliverySimulation(seed: seed)
      simulation.run()
      #expect(simulation.faults.isEmpty, "seed \(seed): \(simulation.faults)")
      complete += simulation.completeAnswers
      rebuilds += simulation.rebuilds
      gaps += simulation.gapCommits
    }
    #expect(rebuilds > 500, "too few rebuilds to mean anything: \(rebuilds)")
    #expect(complete > 100, "too few complete answers to mean anything: \(complete)")
    #expect(gaps > 100, "too few gaps to mean anything: \(gaps)")
  }

  @Test("notices each rule that is taken out", arguments: Rule.allCases.filter { $0.schedule == nil })
  func notices(_ rule: Rule) throws {
    // Most are noticed within a few schedules; the rarest need hundreds.
    for seed in 1...2_000 as ClosedRange<UInt64> where try !faults(seed: seed, without: rule).isEmpty {
      // The rule must be to blame, not the schedule.
      if try faults(seed: seed, without: nil).isEmpty { return }
    }
    Issue.record("\(rule) was not noticed in 2,000 schedules")
  }

  @Test(
    "notices a rule that is taken out by a schedule made for it", arguments: Rule.allCases.filter { $0.schedule != nil }
  )
  func noticesDirectly(_ rule: Rule) throws {
    for broken in [nil, rule] {
      var simulation = try DeliverySimulation(seed: 2, broken: broken)
      rule.schedule?(&simulation)
      let faults = simulation.faults
      #expect(faults.isEmpty == (broken == nil), "\(faults)")
    }
  }

  private func faults(seed: UInt64, without rule: Rule?) throws -> [String] {
    var simulation = try DeliverySimulation(seed: seed, broken: rule)
    simulation.run()
    return simulation.faults
  }
}
