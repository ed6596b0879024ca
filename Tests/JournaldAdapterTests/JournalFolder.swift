import Foundation
import TestSupport
import Threads

@testable import JournaldAdapter

/// A folder with a real journal in it, written by systemd-journal-remote(8) from the export format.
final class JournalFolder: Sendable {
  /// Where Debian has it; not in PATH.
  static let writer = "/lib/systemd/systemd-journal-remote"

  static let isThereOrRequired = NeededService.isThereOrRequired(program: writer)

  let path: String
  private let written = Lock(0)

  init(_ path: String) { self.path = path }

  /// Adds entries that have these fields, a second apart, from 2023-11-14T22:13:20Z on.
  func write(_ entries: [[(name: String, value: [UInt8])]]) throws {
    var export: [UInt8] = []
    for fields in entries {
      let number = written.withLock { number in
        number += 1
        return number
      }
      export += Array("__REALTIME_TIMESTAMP=\(1_699_999_999_000_000 + number * 1_000_000)\n".utf8)
      export += Array("__MONOTONIC_TIMESTAMP=\(number)\n_BOOT_ID=\(String(repeating: "1", count: 32))\n".utf8)
      for (name, value) in fields {
        // The binary form: name, length, value.
        export += Array("\(name)\n".utf8)
        export += (0..<8).map { UInt8(truncatingIfNeeded: UInt64(value.count) >> (UInt64($0) * 8)) }
        export += value + [0x0a]
      }
      export.append(0x0a)
    }
    try run(export)
  }

  private func run(_ export: [UInt8]) throws {
    let source = path + "/export"
    try Data(export).write(to: URL(fileURLWithPath: source))
    // Not Foundation's Process: of several at a time it misses the end of one now and then.
    let process = try ChildProgram([Self.writer, "--output=\(path)/test.journal", source])
    guard let wake = WakePipe() else { throw Failed(words: "no descriptor is free") }
    while true {
      guard case .ended(let status, let words) = process.read(upTo: 1_024, orFor: wake) else { continue }
      if status != .exited(0) { throw Failed(words: words) }
      return
    }
  }

  struct Failed: Error { let words: String }
}
