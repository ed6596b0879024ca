/// One method of a service, by its path: `/package.Service/Method`.
struct GRPCMethod: Sendable {
  let path: String
  /// The path again, for the metric's label.
  let route: StaticString
  /// Answers the call. Messages are sent through it; the status that is returned ends it.
  let answer: @Sendable (GRPCCall) async -> GRPCStatus

  init(_ route: StaticString, answer: @escaping @Sendable (GRPCCall) async -> GRPCStatus) {
    path = route.description
    self.route = route
    self.answer = answer
  }

  /// A method with one request and one response.
  static func unary(
    _ route: StaticString, answer: @escaping @Sendable (GRPCCall, [UInt8]) async throws(GRPCStatus) -> [UInt8]
  ) -> GRPCMethod {
    GRPCMethod(route) { call in
      do throws(GRPCStatus) {
        guard let request = try await call.requests.next() else {
          throw GRPCStatus(.unimplemented, "the call has no request message")
        }
        guard try await call.requests.next() == nil else {
          throw GRPCStatus(.unimplemented, "the call has more than one request message")
        }
        try await call.send(try await answer(call, request))
        return .ok
      } catch {
        return error
      }
    }
  }
}
