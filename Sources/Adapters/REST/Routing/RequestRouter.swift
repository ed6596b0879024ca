/// Finds what answers a request among a handful of routes. `HEAD` is answered wherever `GET` is; the transport leaves
/// the body out.
struct RequestRouter: Sendable {
  struct Match {
    /// The route's name in metrics.
    let name: StaticString
    /// Fails with `.notFound`, or `.methodNotAllowed` with the methods that the address takes.
    let endpoint: Result<any Endpoint, Problem>
  }

  private let routes: [Route]

  init(_ routes: [Route]) {
    self.routes = routes
  }

  func match(method: String, path: String) -> Match {
    let candidates = routes.filter { $0.path.description == path }
    guard let first = candidates.first else {
      let problem = Problem(.notFound, "there is nothing at \(path.prefix(128)); GET / tells what there is")
      // One name for all of them, whatever clients make up.
      return Match(name: "other", endpoint: .failure(problem))
    }
    if let route = candidates.first(where: { $0.method == (method == "HEAD" ? "GET" : method) }) {
      return Match(name: route.path, endpoint: .success(route.endpoint))
    }
    var methods = candidates.map(\.method)
    if methods.contains("GET") { methods.append("HEAD") }
    let problem = Problem(
      .methodNotAllowed, "\(path) takes \(methods.joined(separator: " and ")), not \(method.prefix(32))")
    return Match(name: first.path, endpoint: .failure(problem.allowing(methods)))
  }
}
