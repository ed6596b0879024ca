import Domain

/// The streams that each tenant is known to have, so that their number can be bounded.
///
/// Starts from the index, so it lags by what is in the log only: the limit protects index and memory, it is not a quota to
/// the letter.
actor StreamCensus {
  /// Names kept of all tenants together, about 10 MB. Senders may make up tenants: beyond this number other tenants are
  /// forgotten, and the index is asked again when they come back.
  static let maximumNames = 100_000

  private let index: any ChunkIndex
  private let limit: Int
  private let maximumNames: Int
  private var services: [TenantID: Set<ServiceName>] = [:]
  /// Of tenants and services.
  private(set) var nameCount = 0

  init(index: any ChunkIndex, limit: Int, maximumNames: Int = maximumNames) {
    self.index = index
    self.limit = limit
    self.maximumNames = maximumNames
  }

  /// Whether a batch of `stream` may be taken; a new stream counts from then on.
  func admits(_ stream: StreamID) async throws(ChunkIndexError) -> Bool {
    if services[stream.tenant] == nil {
      let known = try await index.services(of: stream.tenant)
      keep(known, of: stream.tenant)
    }
    if services[stream.tenant]?.contains(stream.service) == true { return true }
    guard services[stream.tenant, default: []].count < limit else { return false }
    keep([stream.service], of: stream.tenant)
    return true
  }

  private func keep(_ names: [ServiceName], of tenant: TenantID) {
    let before = services[tenant].map { $0.count + 1 } ?? 0
    services[tenant, default: []].formUnion(names)
    nameCount += services[tenant, default: []].count + 1 - before
    while nameCount > maximumNames, let other = services.keys.first(where: { $0 != tenant }) {
      nameCount -= services.removeValue(forKey: other).map { $0.count + 1 } ?? 0
    }
  }
}
