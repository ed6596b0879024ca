/// Looks at one dependency of the server, and changes nothing.
protocol Examination: Sendable {
  func findings() async -> [Finding]
}
