package import Application

/// The door without a wire: the driving port itself.
package struct DirectHealthDoor: HealthDoor {
  private let health: any Health

  package init(_ health: any Health) { self.health = health }

  package var hasWords: Bool { true }

  package func readiness() async throws(HealthDoorFailure) -> HealthReport {
    let problems = await health.problems()
    if Task.isCancelled { throw .cancelled }
    return problems.isEmpty ? .ready : .missing(problems)
  }

  package func isAlive() -> Bool? { nil }
}
