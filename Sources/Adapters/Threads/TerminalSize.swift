import Glibc

/// Asks a terminal for its size.
package enum TerminalSize {
  /// Nil where `descriptor` is no terminal, or one that does not know.
  package static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
