package import Application

/// A directory with the tenants of the contract in it:
///
/// - `acme` with the key `acme-both` for everything, `acme-send` for sending, `acme-ask` for asking; 100 events a second, 30 days
/// - `other` with the key `other-both`; nothing said of its limits, so the defaults: 7 bytes a second
package struct TenantDirectoryStage: Sendable {
  package let directory: any TenantDirectory
  /// The same tenants and limits, nobody with a key.
  package let withoutKeys: any TenantDirectory

  package init(directory: any TenantDirectory, withoutKeys: any TenantDirectory) {
    self.directory = directory
    self.withoutKeys = withoutKeys
  }
}
