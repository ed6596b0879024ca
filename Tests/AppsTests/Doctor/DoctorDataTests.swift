import Foundation
import Testing

@testable import cordwood

/// Index, log, objects and dead letters of a folder that no server has.
@Suite("cordwood doctor, on the data of a server that does not run", .timeLimit(.minutes(2)))
struct DoctorDataTests {
  private static let prompt = ["FLUSH_AGE": "100ms"]
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private var data: String { folder.path(of: "data") }

  private func examine() async throws -> DoctorRun { try await DoctorRun(["DATA_DIR": data]) }

  /// Leaves 100 events in objects, of four records in the log, and no server.
  private func fill(isKilled: Bool) async throws {
    let server = try await RunningServer(in: folder, environment: Self.prompt)
    for number in 0..<4 { try await server.take(Lines.make(25, service: "service-\(number)"), in: folder) }
    try await server.wait { try await server.metric("cordwood_processor_flushed_events_total") == 100 }
    if isKilled { await server.kill() } else { await server.stop() }
  }

  /// Every file with its content, but for what SQLite makes to read a log that a crash left.
  private func contents() -> [String: Data] {
    var contents: [String: Data] = [:]
    for file in folder.files(below: "data", endingIn: "") where !file.hasSuffix("-shm") {
      contents[file] = FileManager.default.contents(atPath: file)
    }
    return contents
  }

  @Test("finds all well after a stop and after kill -9, and changes nothing", arguments: [false, true])
  func well(_ isKilled: Bool) async throws {
    try await fill(isKilled: isKilled)
    let before = contents()
    let run = try await examine()
    #expect(run.outcome.end == .exited(0) && run.isWell, "\(run.outcome.output)")
    #expect(run.has(.ok, "index", "generation", "objects of 1 partitions"), "\(run.outcome.output)")
    #expect(run.has(.ok, "log, partition 0", "offsets 0 to", "in objects", "1 of 1 segments read"))
    #expect(run.has(.ok, "objects", "are there, with whole footers"))
    #expect(run.has(.ok, "dead letters", "none are held"))
    #expect(contents() == before)
    let server = try await RunningServer(in: folder)
    #expect(try await server.messages().count == 100)
    await server.stop()
  }

  enum Loss: String, CaseIterable, Sendable {
    case index, indexContent, newerIndex, log, partition, placements, logHeader, segmentByte, object, objectEnd, letters

    /// What the finding is about, and words of it.
    var told: (subject: String, words: String) {
      switch self {
      case .index: ("index", "is missing, and there are objects")
      case .indexContent: ("index", "index.sqlite")
      case .newerIndex: ("index", "the index has schema 99")
      case .log: ("log", "it is missing")
      case .partition: ("log, partition 0", "it is missing, and the index knows of it")
      case .placements: ("log", "placements' is damaged")
      case .logHeader: ("log, partition 0", "a header is damaged")
      case .segmentByte: ("log, partition 0", "cannot be read")
      case .object: ("objects", ".cwd")
      case .objectEnd: ("objects", ".cwd")
      case .letters: ("dead letters", "letters")
      }
    }
  }

  private func damage(_ loss: Loss) throws {
    let files = FileManager.default
    func change(_ path: String, _ edit: (inout Data) -> Void) throws {
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      edit(&bytes)
      try bytes.write(to: URL(fileURLWithPath: path))
    }
    let index = "\(data)/index.sqlite"
    switch loss {
    case .index: try files.removeItem(atPath: index)
    case .indexContent: try change(index) { $0 = Data(repeating: 0x2e, count: $0.count) }
    case .newerIndex: try folder.write(SQLiteFile.bytes(application: 0x4357_4958, version: 99), to: "data/index.sqlite")
    case .log: try files.removeItem(atPath: "\(data)/log")
    case .partition: try files.removeItem(atPath: "\(data)/log/0")
    case .placements: try change("\(data)/log/placements") { $0[13] ^= 1 }
    case .logHeader: try change(try segment()) { $0[20] ^= 1 }
    case .segmentByte: try change(try segment()) { $0[200] ^= 1 }
    case .object: try files.removeItem(atPath: try object())
    case .objectEnd: try change(try object()) { $0.removeLast(10) }
    case .letters: try change("\(data)/dead-letters/letters") { $0[9] ^= 1 }
    }
  }

  private func segment() throws -> String {
    try #require(folder.files(below: "data/log/0", endingIn: ".segment").first)
  }

  private func object() throws -> String {
    try #require(folder.files(below: "data/objects/objects/default", endingIn: ".cwd").first)
  }

  @Test("names what is lost or damaged and says what to do", arguments: Loss.allCases)
  func names(_ loss: Loss) async throws {
    try await fill(isKilled: false)
    try damage(loss)
    let run = try await examine()
    // A header's copy lies beside it.
    let grade = loss == .logHeader ? 0 : 1
    #expect(run.outcome.end == .exited(Int32(grade)), "\(run.outcome.output)")
    let (subject, words) = loss.told
    #expect(run.has(grade == 1 ? .error : .warning, subject, words), "\(run.outcome.output)")
    for finding in run.findings where finding.grade > .ok { #expect(finding.advice?.isEmpty == false) }
    #expect(run.errors.allSatisfy { $0.subject == subject }, "\(run.outcome.output)")
  }

  enum Removal: String, CaseIterable, Sendable {
    case log, partition, content, segments

    /// What the finding is about, and words of it.
    var told: (subject: String, words: String) {
      switch self {
      case .log: ("log", "it is missing, and the index knows of one")
      case .partition: ("log, partition 0", "it is missing, and the log was made with it")
      case .content: ("log, partition 0", "it has no segment, and a server began one")
      case .segments: ("log, partition 0", "has no segment: everything below offset")
      }
    }

    func perform(on data: String) throws {
      let files = FileManager.default
      switch self {
      case .log: try files.removeItem(atPath: "\(data)/log")
      case .partition: try files.removeItem(atPath: "\(data)/log/0")
      case .content, .segments:
        for name in try files.contentsOfDirectory(atPath: "\(data)/log/0")
        where self == .content || name.hasSuffix(".segment") {
          try files.removeItem(atPath: "\(data)/log/0/\(name)")
        }
      }
    }
  }

  @Test("notices that a log was deleted before anything of it was in objects", arguments: Removal.allCases)
  func deletedLog(_ removal: Removal) async throws {
    let server = try await RunningServer(in: folder, environment: ["FLUSH_AGE": "3600s"])
    try await server.take(Lines.make(25, service: "service"), in: folder)
    await server.kill()
    let before = try await examine()
    #expect(before.outcome.end == .exited(0) && before.isWell, "\(before.outcome.output)")
    try removal.perform(on: data)
    let run = try await examine()
    #expect(run.outcome.end == .exited(1) && !run.isWell, "\(run.outcome.output)")
    let (subject, words) = removal.told
    #expect(run.has(.error, subject, words), "\(run.outcome.output)")
    #expect(run.errors.allSatisfy { $0.subject == subject && $0.advice?.isEmpty == false }, "\(run.outcome.output)")
  }

  @Test("tells a log of another epoch, which the server would stand still for")
  func otherEpoch() async throws {
    try await fill(isKilled: false)
    try FileManager.default.removeItem(atPath: "\(data)/log")
    await (try await RunningServer(in: folder)).stop()
    let run = try await examine()
    #expect(run.outcome.end == .exited(1))
    #expect(run.has(.error, "log, partition 0", "was deleted or replaced"), "\(run.outcome.output)")
  }

  @Test("counts the dead letters that are held, by reason")
  func letters() async throws {
    let server = try await RunningServer(in: folder)
    try await server.send([.init(messages: ["one", "two"], isBroken: true)])
    await server.stop()
    let run = try await examine()
    #expect(run.outcome.end == .exited(0))
    #expect(run.has(.warning, "dead letters", "2 are held: 2 duplicate-attribute"), "\(run.outcome.output)")
  }

  @Test("finds a server by what it left in its folder, on any port and address, and shows its notes")
  func notes() async throws {
    try await fill(isKilled: false)
    try folder.write([], to: "data/log/0/damaged-00000000000000000000.segment")
    let server = try await RunningServer(in: folder, environment: ["LISTEN_ADDRESS": "::"])
    let run = try await examine()
    await server.stop()
    #expect(run.outcome.end == .exited(0), "\(run.outcome.output)")
    #expect(run.has(.ok, "server", "it is ready, by http://[::1]:\(server.ports.metrics)"), "\(run.outcome.output)")
    #expect(run.has(.warning, "server", "damaged-00000000000000000000.segment' is damaged"), "\(run.outcome.output)")
  }
}
