/// Who we are to Redis. Never printed.
package struct RedisCredentials: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Of the access control list; nil: the default user, who has a password only.
  let user: String?
  let password: String

  package init(user: String? = nil, password: String) {
    self.user = user
    self.password = password
  }

  package var description: String { "•••" }
  package var debugDescription: String { "•••" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
