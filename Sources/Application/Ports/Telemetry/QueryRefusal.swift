/// Why a query got no answer: labels of a metric.
package enum QueryRefusal: String, CaseIterable, Sendable {
  case malformed
  case invalidCursor = "invalid-cursor"
  case invalidRequest = "invalid-request"
  case overBudget = "over-budget"
  case unavailable
  case cancelled
}
