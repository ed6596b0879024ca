package import Application
package import Composition

/// How queries are answered.
package enum AnswerSettings {
  static let timeout = Setting(
    "QUERY_TIMEOUT", .duration(in: .milliseconds(100)...(.seconds(600))), default: .seconds(30),
    "How long a query may take before it ends with an error.")

  package static let all: [any DeclaredSetting] = [timeout]

  package static func budget(_ settings: Settings) -> QueryBudget {
    var budget = QueryBudget()
    budget.time = settings[timeout]
    return budget
  }
}
