import Composition
import Foundation
import Testing

@testable import cordwood

@Suite("cordwood doctor", .timeLimit(.minutes(1)))
struct DoctorTests {
  @Test("finds nothing wrong before the first start, and makes nothing")
  func beforeTheFirstStart() async throws {
    let folder = try ScratchFolder()
    let data = folder.path(of: "data")
    let found = try await DoctorRun(["DATA_DIR": data])
    #expect(found.outcome.end == .exited(0), "\(found.outcome.output)")
    #expect(found.isWell)
    #expect(found.findings.contains { $0.subject == "data folder" && $0.text.contains("does not exist yet") })
    #expect(!FileManager.default.fileExists(atPath: data))
  }

  @Test("times the disk of a folder that is there, and leaves nothing in it")
  func timesTheDisk() async throws {
    let folder = try ScratchFolder()
    let data = folder.path(of: "data")
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: false)
    let found = try await DoctorRun(["DATA_DIR": data])
    #expect(found.findings.contains { $0.subject == "writing" && $0.text.contains("a sync takes") })
    #expect(try FileManager.default.contentsOfDirectory(atPath: data).isEmpty)
  }

  @Test("names a port that another program has, one that two doors share, and a file in the place of the folder")
  func whatIsWrong() async throws {
    let folder = try ScratchFolder()
    let server = try await RunningServer(in: folder)
    try "no folder".write(toFile: folder.path(of: "file"), atomically: false, encoding: .utf8)
    let taken = "\(server.ports.http)"
    let found = try await DoctorRun([
      "DATA_DIR": folder.path(of: "file"), "GRPC_PORT": taken, "HTTP_PORT": taken, "METRICS_PORT": "0",
    ])
    await server.stop()
    #expect(found.outcome.end == .exited(1))
    let errors = found.errors
    #expect(errors.contains { $0.subject == "port \(taken)" && $0.text.contains("cannot listen") })
    #expect(errors.contains { $0.text == "GRPC_PORT and HTTP_PORT are the same" })
    #expect(errors.contains { $0.subject == "data folder" && $0.text.contains("is no folder") })
    for error in errors { #expect(error.advice?.isEmpty == false, "\(error.subject)") }
  }

  @Test("names an address that is none of this machine, and a folder that cannot be made")
  func impossiblePlaces() async throws {
    // 192.0.2.0/24 is for documents (RFC 5737).
    let environment = [
      "DATA_DIR": "/proc/cordwood", "LISTEN_ADDRESS": "192.0.2.1", "GRPC_PORT": "50999", "HTTP_PORT": "0",
    ]
    let found = try await DoctorRun(environment)
    #expect(found.outcome.end == .exited(1))
    #expect(found.has(.error, "data folder", "'/proc/cordwood' does not exist, and cannot be made in '/proc'"))
    let port = try #require(found.errors.first { $0.subject == "port 50999" })
    #expect(port.text.contains("cannot listen on 192.0.2.1:50999"))
    #expect(port.advice?.hasPrefix("set LISTEN_ADDRESS to an address of this machine") == true)

    let folder = try ScratchFolder()
    let start = try await ProgramProcess.run(
      .cordwood, ["serve"],
      environment: DoctorRun.freePorts.merging([
        "DATA_DIR": folder.path(of: "data"), "LISTEN_ADDRESS": "192.0.2.1",
      ]) { $1 })
    #expect(start.end == .exited(1))
    #expect(
      start.error.contains("LISTEN_ADDRESS (--listen-address) has to be an address of this machine"), "\(start.error)")
  }

  @Test("asks the server that has the folder whether it is well")
  func running() async throws {
    let folder = try ScratchFolder()
    let server = try await RunningServer(in: folder)
    let environment = [
      "DATA_DIR": folder.path(of: "data"), "GRPC_PORT": "\(server.ports.grpc)", "HTTP_PORT": "\(server.ports.http)",
      "METRICS_PORT": "\(server.ports.metrics)",
    ]
    let found = try await DoctorRun(environment)
    let wrongPort = try await DoctorRun(environment.merging(["HTTP_PORT": "\(server.ports.metrics)"]) { $1 })
    await server.stop()
    #expect(found.outcome.end == .exited(0), "\(found.outcome.output)")
    #expect(found.findings.contains { $0.subject == "server" && $0.text.contains("it is ready") })
    #expect(wrongPort.outcome.end == .exited(1))
  }

  @Test("shows a person a line a finding, and what to do")
  func text() {
    let report = DoctorReport(findings: [
      .ok("clock", "it is now"), .warning("free space", "little", "free some"),
      .error("port 1", "taken", "give another"),
    ])
    let text = report.text(for: Terminal(descriptor: -1, environment: ["NO_COLOR": "1"]))
    #expect(
      text == """
        ok       clock       it is now
        warning  free space  little
                             -> free some
        error    port 1      taken
                             -> give another
        1 error, 1 warning
        """)
  }
}
