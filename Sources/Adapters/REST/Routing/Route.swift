/// One address and one method, and what answers them.
struct Route: Sendable {
  let method: String
  /// Also the name of the route in metrics.
  let path: StaticString
  let endpoint: any Endpoint
}
