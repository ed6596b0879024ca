import Composition
import DiskAdapter
import InProcessAdapter
import Threads
import Serving

/// `cordwood doctor`: whether a server can work here, and what to do where it cannot.
enum DoctorCommand {
  static let output = Setting(
    "CORDWOOD_OUTPUT", .choice, default: DoctorOutput.text, "How to print the findings.")

  static let command = Command(
    CommandSpecification(
      name: "doctor", summary: "Check settings, disk, ports, data or a running server, and say what to do",
      discussion: """
        Takes the settings of `cordwood serve`, so run it in the same environment. Where a server has the data folder, it is \
        asked; else the folder is held for some seconds while index, log, objects and dead letters are looked at. Changes \
        nothing; it writes and removes one small file to time the disk. Ends with status 1 if something is wrong.
        """,
      examples: [
        CommandExample("cordwood doctor", "Look at ./cordwood-data and the default ports."),
        CommandExample("cordwood doctor --data-dir /var/lib/cordwood --output json", "For a script."),
      ],
      settings: ServeSettings.all + [output])
  ) { settings, console in
    let report = DoctorReport(findings: await findings(settings))
    switch settings[output] {
    case .text: try console.print(report.text(for: console.output))
    case .json: try console.print(try report.json())
    }
    return report.isWell ? .done : .failed
  }

  private static func findings(_ settings: Settings) async -> [Finding] {
    let folder = settings[ServeSettings.dataDirectory]
    // Objects are read several at a time.
    let pool = ThreadPool(name: "doctor", threads: 4)
    let use = await pool.run { FolderUse(of: folder) }
    let address = settings[DoorSettings.address]
    var findings: [Finding] = [.ok("settings", "every flag and environment variable is understood")]
    let surroundings: [any Examination] = [
      SystemExamination(clock: SystemClock()), FolderExamination(folder: folder, pool: pool),
      PortsExamination(
        address: address,
        ports: [
          (settings[DoorSettings.grpcPort], "events", DoorSettings.grpcPort.declaration.key),
          (settings[DoorSettings.httpPort], "queries", DoorSettings.httpPort.declaration.key),
          (settings[DoorSettings.metricsPort], "metrics", DoorSettings.metricsPort.declaration.key),
        ], isServing: use.isSomebody),
    ]
    for examination in surroundings { findings += await examination.findings() }
    switch use {
    case .nobody(let held):
      findings += await DataExamination(folder: folder, pool: pool).findings()
      held?.release()
    case .somebody: findings += await server(of: folder, settings)
    case .unknown(let reason):
      findings.append(.error("data folder", reason, "run this as the user that the server runs as"))
    }
    return findings
  }

  /// The server is where its note says. Without one that can be read it may be where these settings have it.
  private static func server(of folder: String, _ settings: Settings) async -> [Finding] {
    let problem: String
    do {
      if let note = try RunningServerNote(in: folder) {
        return await ServerExamination(address: note.address).findings()
      }
      problem = "\(OperatorFailure.heldWithoutNote(folder))"
    } catch { problem = "\(error)" }
    let host = OwnAddress.reaching(settings[DoorSettings.address])
    let port = settings[DoorSettings.httpPort]
    guard port != 0, let address = HostPort(host: host, port: port) else {
      return [
        .error("server", problem, "run this as the user that the server runs as, or give the HTTP_PORT that it printed")
      ]
    }
    return await ServerExamination(address: address).findings()
  }
}
