/// The unit of chunking and retention: the events of one service of one tenant.
package struct StreamID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let tenant: TenantID
  package let service: ServiceName

  package init(tenant: TenantID, service: ServiceName) {
    self.tenant = tenant
    self.service = service
  }

  package var description: String { "\(tenant)/\(service)" }

  package static func < (left: StreamID, right: StreamID) -> Bool {
    left.tenant == right.tenant ? left.service < right.service : left.tenant < right.tenant
  }
}
