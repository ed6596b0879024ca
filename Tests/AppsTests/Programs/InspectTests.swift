import Domain
import Foundation
import Testing
import Threads
import ZlibAdapter
import ZstdAdapter

@testable import cordwood

@Suite("cordwood inspect", .timeLimit(.minutes(2)))
struct InspectTests {
  /// An object as a server wrote it: 40 events of two services.
  private struct Sample: Sendable {
    let folder: ScratchFolder
    let path: String
    let bytes: [UInt8]

    static let shared = Task {
      let folder = try ScratchFolder()
      let server = try await RunningServer(in: folder)
      for service in ["web", "shop"] {
        let lines = try ScratchFolder()
        try await server.take(Lines.make(20, service: service), in: lines)
      }
      await server.stop()
      let path = try #require(folder.files(below: "data/objects", endingIn: ".cwd").first)
      return Sample(folder: folder, path: path, bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    }
  }

  @Test("shows the flush, the chunks and some events")
  func whole() async throws {
    let sample = try await Sample.shared.value
    let run = try await ProgramProcess.run(.cordwood, ["inspect", "--events", "2", sample.path])
    #expect(run.end == .exited(0))
    #expect(run.error.isEmpty)
    #expect(run.output.hasPrefix("object      \(sample.bytes.count) bytes, format 1, codec zstd\n"))
    for text in [
      "default/web", "default/shop", "events    20, ", "chunks      2", "2026-11-24T12:00:00.001000000Z INFO",
    ] {
      #expect(run.output.contains(text), "\(text) in \(run.output)")
    }
    #expect(run.lines.filter { $0.contains(" of many") }.count == 4)
  }

  @Test("finds an object by its key in the data folder")
  func byKey() async throws {
    let sample = try await Sample.shared.value
    let data = sample.folder.path(of: "data")
    let key = String(sample.path.dropFirst("\(data)/objects/objects/".count))
    let run = try await ProgramProcess.run(.cordwood, ["inspect", key], environment: ["DATA_DIR": data])
    #expect(run.end == .exited(0), "\(run.error)")
    let none = try await ProgramProcess.run(.cordwood, ["inspect", "no/such.cwd"], environment: ["DATA_DIR": data])
    #expect(none.end == .exited(2))
    #expect(none.error.contains("no file 'no/such.cwd', and no object of that key in '\(data)'"))
  }

  @Test("ends with status 1 on what is no whole object, and says why", arguments: Wrong.allCases)
  func wrong(_ wrong: Wrong) async throws {
    let sample = try await Sample.shared.value
    let folder = try ScratchFolder()
    let file = try folder.write(wrong.made(from: sample.bytes), to: "object.cwd")
    let run = try await ProgramProcess.run(.cordwood, ["inspect", file])
    #expect(run.end == .exited(1))
    #expect((run.output + run.error).contains(wrong.says), "\(run.output)\(run.error)")
  }

  enum Wrong: CaseIterable, Sendable {
    case empty, rubbish, text, cutInTheMiddle, lastByteMissing, byteChanged, newer

    func made(from bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      switch self {
      case .empty: return []
      case .rubbish:
        var generator = SystemRandomNumberGenerator()
        return (0..<5_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
      case .text: return Lines.make(100)
      case .cutInTheMiddle: return Array(bytes.prefix(bytes.count / 2))
      case .lastByteMissing: return bytes.dropLast()
      case .byteChanged: bytes[bytes.count / 8] ^= 1
      case .newer: bytes[bytes.count - 8] = 99  // FORMAT.md: the version in the trailer
      }
      return bytes
    }

    var says: String {
      switch self {
      case .empty, .rubbish, .text, .cutInTheMiddle, .lastByteMissing: "error: "
      case .byteChanged: "DAMAGED"
      case .newer: "an object has format 99, this build reads 1: upgrade"
      }
    }
  }

  @Test("notices each changed bit and each missing end")
  func damage() async throws {
    let bytes = try await Sample.shared.value.bytes
    #expect(Self.isWhole(bytes))
    // Takes some seconds, which other tests should not have to wait for.
    let unnoticed = await ThreadPool(name: "damage", threads: 1).run {
      let changed = bytes.indices.filter { index in
        var damaged = bytes
        damaged[index] ^= 1 << UInt8(index % 8)
        return Self.isWhole(damaged)
      }
      return (changed: changed, cut: bytes.indices.filter { Self.isWhole(Array(bytes.prefix($0))) })
    }
    #expect(unnoticed.changed == [])
    #expect(unnoticed.cut == [])
  }

  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    let codecs = BlockCodecs([ZstdCompression(), GzipCompression()])
    do throws(DecodingError) {
      return try ObjectReport(bytes, codecs: codecs, events: 100).isWhole
    } catch { return false }
  }
}
