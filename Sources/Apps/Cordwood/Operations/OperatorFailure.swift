/// Why an operator's command has nothing to work through, and what to do about it.
enum OperatorFailure: Error, CustomStringConvertible {
  case noFolder(String)
  case notPermitted(reason: String)
  case unusable(reason: String)
  /// Another process has the folder and no `server.json` is there.
  case heldWithoutNote(String)
  case badNote(reason: String)

  var description: String {
    switch self {
    case .noFolder(let folder):
      "there is no data folder '\(folder)': --data-dir (DATA_DIR) names another, \"cordwood serve\" makes one"
    case .notPermitted(let reason):
      "\(reason): who may read the data folder may operate it, so run this as the user that the server runs as"
    case .unusable(let reason): reason
    case .heldWithoutNote(let folder):
      "another process has '\(folder)' and has left no \(RunningServerNote.name) there: a server that is starting or "
        + "stopping, or another operator's command; try again in a moment"
    case .badNote(let reason): "\(reason): restart the server, which writes it anew"
    }
  }
}
