import Composition
import DiskAdapter
import InProcessAdapter
import Threads

/// `cordwood doctor`: whether a server can work here, and what to do where it cannot.
enum DoctorCommand {
  static let output = Setting(
    "CORDWOOD_OUTPUT", .choice, default: DoctorOutput.text, "How to print the findings.")

  static let command = Command(
    CommandSpecification(
      name: "doctor", summary: "Check settings, disk, ports and a running server, and say what to do",
      discussion: """
        Takes the settings of `cordwood serve`, so run it in the same environment. Changes nothing; it writes and removes \
        one small file to time the disk. Ends with status 1 if something keeps a server from working.
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
    let pool = ThreadPool(name: "doctor", threads: 1)
    let isServing = await pool.run { (try? DeviceProbe(folder + "/log").isHeld()) ?? false }
    let address = settings[ServeSettings.address]
    var examinations: [any Examination] = [
      SystemExamination(clock: SystemClock()), FolderExamination(folder: folder, pool: pool),
      PortsExamination(
        address: address,
        ports: [
          (settings[ServeSettings.grpcPort], "events", ServeSettings.grpcPort.declaration.key),
          (settings[ServeSettings.httpPort], "queries", ServeSettings.httpPort.declaration.key),
          (settings[ServeSettings.metricsPort], "metrics", ServeSettings.metricsPort.declaration.key),
        ], isServing: isServing),
    ]
    if isServing {
      let host = ["0.0.0.0", "::"].contains(address) ? "127.0.0.1" : address
      examinations.append(ServerExamination(host: host, port: settings[ServeSettings.httpPort]))
    }
    var findings: [Finding] = [.ok("settings", "every flag and environment variable is understood")]
    for examination in examinations { findings += await examination.findings() }
    return findings
  }
}
