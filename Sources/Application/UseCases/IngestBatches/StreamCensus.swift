import Domain

/// The streams that each tenant is known to have, so that their number can be bounded.
///
/// Starts from the index, so it lags by what is in the log only: the limit protects index and memory, it is not a quota to
/// the letter.
actor StreamCensus {
  private let index: any ChunkIndex
  private let limit: Int
  private var services: [TenantID: Set<ServiceName>] = [:]

  init(index: any ChunkIndex, limit: Int) {
    self.index = index
    self.limit = limit
  }

  /// Whether a batch of `stream` may be taken; a new stream counts from then on.
  func admits(_ stream: StreamID) async throws(ChunkIndexError) -> Bool {
    if services[stream.tenant] == nil {
      let known = try await index.services(of: stream.tenant)
      services[stream.tenant] = (services[stream.tenant] ?? []).union(known)
    }
    if services[stream.tenant]?.contains(stream.service) == true { return true }
    guard services[stream.tenant, default: []].count < limit else { return false }
    services[stream.tenant, default: []].insert(stream.service)
    return true
  }
}
