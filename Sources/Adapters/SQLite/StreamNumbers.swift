import Domain

/// The row numbers of the streams that one commit names, each looked up once, and made where there is none.
///
/// Lives as long as its transaction: what a rollback took back must not be remembered.
struct StreamNumbers {
  struct Pair: Equatable {
    let tenant: Int64
    let stream: Int64
  }

  private var known: [StreamID: Pair] = [:]

  mutating func numbers(of stream: StreamID, in connection: SQLiteConnection) throws(SQLiteError) -> Pair {
    if let pair = known[stream] { return pair }
    let tenant = try tenantNumber(stream.tenant, in: connection)
    let service = SQLiteValue.text(stream.service.text)
    try connection.prepared("INSERT OR IGNORE INTO streams (tenant, service) VALUES (?, ?)").run(
      .integer(tenant), service)
    let number = try connection.prepared("SELECT id FROM streams WHERE tenant = ? AND service = ?").integer(
      .integer(tenant), service)
    guard let number else { throw .corrupt("a stream that was inserted is not there") }
    let pair = Pair(tenant: tenant, stream: number)
    known[stream] = pair
    return pair
  }

  private func tenantNumber(_ tenant: TenantID, in connection: SQLiteConnection) throws(SQLiteError) -> Int64 {
    let name = SQLiteValue.text(tenant.text)
    try connection.prepared("INSERT OR IGNORE INTO tenants (name) VALUES (?)").run(name)
    guard let number = try connection.tenantNumber(tenant) else {
      throw .corrupt("a tenant that was inserted is not there")
    }
    return number
  }
}
