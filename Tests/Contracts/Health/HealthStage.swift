/// A door with what stands behind it, fresh for each promise: nothing is missing.
package struct HealthStage: Sendable {
  let door: any HealthDoor
  /// Makes something be missing (true), or nothing any more (false).
  let takeAway: @Sendable (Bool) async throws -> Void
  /// What stands behind the door, if a test can put words into its mouth.
  let script: ScriptedHealth?
  /// How long what must come is waited for: long, as hundreds of tests may share two cores.
  let patience: Duration

  /// A door in front of health that says what it is told.
  package init(_ script: ScriptedHealth, door: any HealthDoor, patience: Duration = .seconds(50)) {
    self.door = door
    self.script = script
    self.patience = patience
    takeAway = { isMissing in await script.say(isMissing ? ["the index does not answer"] : []) }
  }

  /// A door in front of health that finds out for itself: what needs a script is not checked.
  package init(door: any HealthDoor, takeAway: @escaping @Sendable (Bool) async throws -> Void) {
    self.door = door
    self.takeAway = takeAway
    script = nil
    patience = .seconds(50)
  }

  /// Whether `condition` came to hold within the patience.
  func eventually(_ condition: @Sendable () async -> Bool) async -> Bool {
    let end = ContinuousClock.now + patience
    while ContinuousClock.now < end, !Task.isCancelled {
      if await condition() { return true }
      // Not a yield: dozens of tests that spin leave none of two cores to those whom they wait for.
      try? await Task.sleep(for: .milliseconds(1))
    }
    return await condition()
  }
}
