import Domain

/// One event of a request: which service says what.
struct LoadStep: Sendable {
  let service: String
  let level: Level
  let template: LoadTemplate

  init(_ service: String, _ level: Level, _ pattern: StaticString) {
    self.service = service
    self.level = level
    template = LoadTemplate(pattern)
  }
}
