import Application
import Domain
import Threads

/// `GET /v1/services`: the names of a tenant's services, sorted, and whether there may be more.
struct ServicesEndpoint: Endpoint {
  let query: any EventQuery
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let tenant: TenantID
    do throws(Problem) {
      try request.target.allowOnly(["tenant_id"])
      tenant = try EventRequest.tenant(try request.target.value("tenant_id"), header: try request.headerTenant())
    } catch {
      throw .problem(error)
    }
    do throws(EventQueryError) {
      let list = try await pool.host { () async throws(EventQueryError) in try await query.services(of: tenant) }
      return .json(text(of: list))
    } catch {
      throw RequestFailure(error)
    }
  }

  private func text(of list: ServiceList) -> [UInt8] {
    var json = JSONWriter(reservingBytes: 128 + list.services.count * 32)
    json.beginObject()
    json.key("services")
    json.strings(list.services.map(\.text))
    json.completeness(list.shortfalls)
    json.endObject()
    return json.drain()
  }
}
