import Domain
import Foundation
import Glibc
import Testing

@Suite("cordwood serve refuses to start", .timeLimit(.minutes(2)))
struct ServeRefusalTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test("on a port that is taken, and names port, variable and flag", arguments: ["GRPC", "HTTP", "METRICS"])
  func takenPort(name: String) async throws {
    let other = try await RunningServer(in: ScratchFolder())
    let port = other.ports.http
    let start = try await refusal(["\(name)_PORT": "\(port)"])
    #expect(start.end == .exited(1))
    #expect(start.output.isEmpty)
    let flag = "--\(name.lowercased())-port"
    #expect(
      start.error.hasPrefix(
        "cordwood: error: port \(port) is taken: stop what listens there, or set \(name)_PORT (\(flag)) to another"),
      "\(start.error)")
    await other.stop()
  }

  @Test("on a data folder that another server has")
  func sharedFolder() async throws {
    let server = try await RunningServer(in: folder)
    let second = try await refusal()
    #expect(second.end == .exited(1))
    #expect(second.error.contains("'\(folder.path(of: "data"))/lock' is held"), "\(second.error)")
    #expect(second.error.contains("another process has this folder"))
    #expect(try await server.get("/health/live", port: server.ports.http).status == 200)
    await server.stop()
  }

  /// A file that a newer version may have written: a byte of its version is another one, and the header's checksum fits where
  /// one that does not fit is damage.
  struct Newer: CustomTestStringConvertible, Sendable {
    /// Its place in the data folder; `*` stands for the only file with that ending.
    let file: String
    let byte: Int
    var reads = "1"
    /// Bytes that the checksum behind them is of.
    var summed: Int?
    var testDescription: String { file }
  }

  @Test(
    "on data of a newer version, and names the file",
    arguments: [
      Newer(file: "log/0/*.segment", byte: 8), Newer(file: "log/placements", byte: 8),
      Newer(file: "dead-letters/letters", byte: 8, reads: "1 and 2", summed: 12),
    ])
  func newerFile(_ newer: Newer) async throws {
    try await leaveData()
    let data = folder.path(of: "data")
    let parts = newer.file.split(separator: "*", omittingEmptySubsequences: false)
    let found = folder.files(below: "data/\(parts[0])", endingIn: parts.count > 1 ? String(parts[1]) : "")
    let file = parts.count > 1 ? try #require(found.first) : "\(data)/\(newer.file)"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    bytes[newer.byte] = 99
    if let summed = newer.summed {
      let header = Array(bytes.prefix(summed))
      var sum: [UInt8] = []
      sum.append(uint32: CRC32C.checksum(header.span))
      bytes.replaceSubrange(summed..<summed + 4, with: sum)
    }
    try bytes.write(to: URL(fileURLWithPath: file))
    let start = try await refusal()
    #expect(start.end == .exited(1))
    #expect(start.error.contains("has format 99, this build reads \(newer.reads): upgrade cordwood"), "\(start.error)")
    #expect(start.error.contains(try #require(file.split(separator: "/").last)), "\(start.error)")
  }

  @Test("on an index of a newer version, and names the file")
  func newerIndex() async throws {
    try await leaveData()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: folder.path(of: "data/index.sqlite\(suffix)"))
    }
    try folder.write(SQLiteFile.bytes(application: 0x4357_4958, version: 99), to: "data/index.sqlite")
    let start = try await refusal()
    #expect(start.end == .exited(1))
    #expect(start.error.contains("index.sqlite"), "\(start.error)")
    #expect(start.error.contains("the index has schema 99, this build reads 1"), "\(start.error)")
  }

  @Test("in a place that is no folder, and names it")
  func noFolder() async throws {
    let file = try folder.write([1], to: "file")
    for path in [file, file + "/data"] {
      let start = try await refusal(["DATA_DIR": path])
      #expect(start.end == .exited(1))
      #expect(start.error.hasPrefix("cordwood: error: "), "\(start.error)")
      #expect(start.error.contains("'\(path)"), "\(start.error)")
    }
  }

  /// Root may write anywhere, so the program runs as nobody; where nobody may not run it, there is nothing to try.
  @Test("in a folder that it may not write to, and names it", .enabled(if: ServeRefusalTests.nobodyMayRunIt))
  func readOnlyFolder() async throws {
    try FileManager.default.createDirectory(
      atPath: folder.path(of: "data"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o555])
    let start = try await ProgramProcess.run(
      .cordwood, ["serve", "--data-dir", folder.path(of: "data")], environment: Self.freePorts,
      wrapper: Self.asNobody)
    #expect(start.end == .exited(1))
    #expect(start.error.contains("'\(folder.path(of: "data"))"), "\(start.error)")
    #expect(start.error.lowercased().contains("permission denied"), "\(start.error)")
  }

  private static let freePorts = ["GRPC_PORT": "0", "HTTP_PORT": "0", "METRICS_PORT": "0"]
  static let asNobody =
    geteuid() == 0 ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []

  /// Not where the build lies in a folder that is closed to others.
  static let nobodyMayRunIt: Bool = {
    guard let program = try? BuiltProgram.cordwood.path() else { return false }
    var parts = program.split(separator: "/")
    var isOpen = true
    while !parts.isEmpty {
      let attributes = try? FileManager.default.attributesOfItem(atPath: "/" + parts.joined(separator: "/"))
      let permissions = attributes?[.posixPermissions] as? Int ?? 0
      isOpen = isOpen && permissions & 0o001 != 0
      parts.removeLast()
    }
    return asNobody.allSatisfy { !$0.hasPrefix("/") || FileManager.default.isExecutableFile(atPath: $0) } && isOpen
  }()

  /// Starts a server on the folder's data, which is to end by itself.
  private func refusal(_ environment: [String: String] = [:]) async throws -> ProgramOutcome {
    let process = try RunningServer.start(in: folder, environment: environment)
    let end = await process.ended()
    return ProgramOutcome(end: end, output: process.output, error: process.error)
  }

  /// Data of this version, of a server that has ended.
  private func leaveData() async throws {
    let server = try await RunningServer(in: folder)
    try await server.take(Lines.make(10), in: folder)
    await server.stop()
  }
}
