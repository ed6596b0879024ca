/// What may have changed.
package enum FileChanges: Hashable, Sendable {
  case nothing
  /// The content of these, by the paths that `find` gave.
  case contents(Set<String>)
  /// Names came or went, or too much happened to tell: look at all.
  case anything
}
