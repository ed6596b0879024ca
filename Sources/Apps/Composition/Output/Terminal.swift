import Glibc
import Threads

/// What is known of the screen, if any, behind a file descriptor.
package struct Terminal: Sendable {
  package let isTerminal: Bool
  /// Whether to colour: on a terminal, unless `NO_COLOR` is set (no-color.org) or `TERM` is `dumb`; anywhere with
  /// `FORCE_COLOR`. Both count when they are set and not empty; `NO_COLOR` goes first.
  package let hasColour: Bool
  private let descriptor: Int32

  package init(descriptor: Int32, environment: [String: String]) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
    hasColour = Self.hasColour(isTerminal: isTerminal, environment)
  }

  /// Columns now (a window changes its size while a program runs); `HelpText.defaultWidth` where there is no terminal or it
  /// does not say.
  package var width: Int {
    guard isTerminal, let columns = TerminalSize.columns(of: descriptor) else { return HelpText.defaultWidth }
    return columns
  }

  /// `text` in `colour` where that is wanted, else as it is.
  package func paint(_ text: String, _ colour: Colour) -> String {
    hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  static func hasColour(isTerminal: Bool, _ environment: [String: String]) -> Bool {
    if environment["NO_COLOR"]?.isEmpty == false { return false }
    if environment["FORCE_COLOR"]?.isEmpty == false { return true }
    return isTerminal && environment["TERM"] != "dumb"
  }
}
