/// Why standard output took no more.
package enum OutputError: Error, Equatable, CustomStringConvertible {
  /// The reader has closed its end: nobody wants the rest.
  case closed
  /// Often a full disk behind a redirection.
  case failed(errno: Int32)

  package var description: String {
    switch self {
    case .closed: "standard output is closed"
    case .failed(let code): "cannot write to standard output: error \(code) of write(2)"
    }
  }
}
