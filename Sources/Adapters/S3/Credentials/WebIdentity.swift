/// A role that a token in a file gives.
package struct WebIdentity: Sendable {
  /// Read anew for each renewal.
  package let tokenFile: String
  package let role: String
  /// Shown in the provider's audit log.
  package let sessionName: String
  /// The security token service: `https://sts.eu-central-1.amazonaws.com`.
  package let endpoint: String

  package init(tokenFile: String, role: String, sessionName: String, endpoint: String) {
    self.tokenFile = tokenFile
    self.role = role
    self.sessionName = sessionName
    self.endpoint = endpoint
  }
}
