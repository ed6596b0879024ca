import Composition
import FoundationEssentials

/// Turns pages into what `cordwood query` writes to standard output.
struct EventPrinter {
  let output: QueryOutput
  let terminal: Terminal

  /// - Throws: `QueryFailure` if an item is not as this build knows them.
  func lines(of page: QueryPage) throws -> [UInt8] {
    var lines: [UInt8] = []
    let line = EventLine(terminal: terminal)
    let decoder = JSONDecoder()
    for item in page.items {
      switch output {
      case .json: lines += item
      case .text:
        do {
          lines += line.text(of: try decoder.decode(QueryItem.self, from: Data(item))).utf8
        } catch let error as DecodingError {
          throw QueryFailure.unexpectedAnswer(error.words)
        }
      }
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
  }
}
