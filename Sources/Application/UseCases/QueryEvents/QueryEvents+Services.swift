package import Domain

extension QueryEvents {
  package func services(of tenant: TenantID) async throws(EventQueryError) -> ServiceList {
    // First what is recent: what is committed in between is then seen twice rather than not at all.
    let planner = QueryPlanner(ports: ports, budget: budget)
    var (services, shortfalls) = try await planner.recentServices(of: tenant)
    do throws(ChunkIndexError) {
      services.formUnion(try await ports.index.services(of: tenant))
      if try await ports.index.generation() == nil { shortfalls.append(.indexNotWhole) }
    } catch {
      switch error {
      case .cancelled: throw .cancelled
      case .corrupt: shortfalls.append(.indexNotWhole)
      default: throw .unavailable(reason: "the index does not answer: \(error)")
      }
    }
    return ServiceList(services: services.sorted(), shortfalls: shortfalls)
  }
}
