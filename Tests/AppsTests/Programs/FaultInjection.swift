import Foundation
import TestSupport
import Testing

/// System calls of a server that fail on request, by libfiu (packages fiu-utils and libfiu0).
///
/// The library stands between the program and libc; commands reach it through a named pipe.
struct FaultInjection: Sendable {
  static let isThereOrRequired = NeededService.isThereOrRequired(program: "/usr/bin/fiu-ctrl")

  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// What the server is to be started with.
  var environment: [String: String] {
    let library = FileManager.default.fileExists(atPath: "/usr/lib/fiu") ? "/usr/lib/fiu/" : ""
    return [
      "LD_PRELOAD": "\(library)fiu_run_preload.so \(library)fiu_posix_preload.so",
      "FIU_CTRL_FIFO": folder.path(of: "fiu"),
    ]
  }

  /// Makes calls fail from now on.
  ///
  /// - Parameters:
  ///   - name: As libfiu names calls; a `*` at the end stands for anything.
  ///   - probability: 1: each of them.
  func fail(_ name: String, probability: Double = 1, errno: Int32, in server: RunningServer) async throws {
    let what =
      probability == 1
      ? "enable name=\(name),failinfo=\(errno)"
      : "enable_random name=\(name),probability=\(probability),failinfo=\(errno)"
    try await control(what, server)
  }

  func heal(_ name: String, in server: RunningServer) async throws { try await control("disable name=\(name)", server) }

  private func control(_ command: String, _ server: RunningServer) async throws {
    let process = try ChildProcess(
      ["/usr/bin/fiu-ctrl", "-f", folder.path(of: "fiu"), "-c", command, "\(server.process.id)"],
      environment: ["PATH": "/usr/bin:/bin"], output: folder.path(of: "output"), error: folder.path(of: "error"))
    let end = await process.ended()
    try #require(end == .exited(0), "fiu-ctrl: \(folder.text(of: "error"))")
  }
}
