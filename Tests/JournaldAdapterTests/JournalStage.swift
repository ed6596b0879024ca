import Application
import Foundation
import LogStreamContract

@testable import JournaldAdapter

struct JournalStage: LogStreamStage {
  let journal: JournalFolder
  let isResumable = true

  func write(_ messages: [String]) throws {
    try journal.write(messages.map { [("MESSAGE", Array($0.utf8)), ("PRIORITY", [0x36])] })
  }

  func stream(after cursor: String?) async throws -> any LogStream {
    var configuration = JournaldConfiguration()
    configuration.arguments = ["--directory=\(journal.path)"]
    return try await JournaldStream.open(configuration, after: cursor)
  }

  func messages(in lines: [UInt8]) throws -> [String] {
    try lines.split(separator: 0x0a).map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      return object?["MESSAGE"] as? String ?? ""
    }
  }
}
