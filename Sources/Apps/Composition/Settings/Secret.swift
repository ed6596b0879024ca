/// A text that must not reach a log, an error or a screen: it prints as `•••` however it is printed.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The text itself, to hand to the backend that asks for it and to nothing else.
  package let exposed: String

  package init(_ text: String) { exposed = text }

  package var description: String { "•••" }
  package var debugDescription: String { "•••" }
  /// Without children, so that `dump` and an enclosing struct's description show nothing either.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
