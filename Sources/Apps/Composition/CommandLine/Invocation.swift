/// What a command line asks for.
package enum Invocation: Sendable {
  case run(command: String, Settings)
  /// A text to print, and nothing else to do: help, version, the configuration document.
  case print(String)
}
