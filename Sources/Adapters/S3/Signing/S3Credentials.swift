package import Domain

/// Who asks, and the secret that proves it. Prints without its secrets.
package struct S3Credentials: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  package let accessKey: String
  package let secretKey: String
  /// Of credentials that were lent for a time.
  package let sessionToken: String?
  /// Nil: they hold until somebody changes them.
  package let expiry: Timestamp?

  package init(accessKey: String, secretKey: String, sessionToken: String? = nil, expiry: Timestamp? = nil) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
    self.expiry = expiry
  }

  package var description: String { "access key \(accessKey), secret •••" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
