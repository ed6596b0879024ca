package import Domain

/// What an import is told besides its source.
package struct ImportOptions: Sendable {
  package var tenant: TenantID
  package var fields = JSONLineFields()
  /// For lines that name no service; nil to take them for bad lines.
  package var defaultService: ServiceName?
  package var skipsBadLines = false
  package var window = SendWindow.Limits()

  package init(tenant: TenantID) { self.tenant = tenant }
}
