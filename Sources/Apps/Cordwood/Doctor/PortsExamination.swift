import Transport

/// Whether the server can listen where it is told to.
struct PortsExamination: Examination {
  let address: String
  /// With what each is for and the setting that names it.
  let ports: [(port: UInt16, purpose: String, setting: String)]
  /// A server has the data folder: then the ports should be taken, by it.
  let isServing: Bool

  func findings() async -> [Finding] {
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    var findings = repeated()
    for (port, purpose, setting) in ports where port != 0 {
      findings.append(await finding(port, purpose, setting, loop))
    }
    return findings
  }

  private func finding(_ port: UInt16, _ purpose: String, _ setting: String, _ loop: EventLoop) async -> Finding {
    let subject = "port \(port)"
    let probe: HTTPServer
    do throws(TransportError) {
      probe = HTTPServer(
        configuration: try HTTPServerConfiguration(address: address, port: Int(port)), loops: [loop],
        handler: { _ in })
      _ = try probe.start()
    } catch {
      if isServing {
        return .ok(subject, "\(purpose): taken, by the server that has the data folder or another program")
      }
      return .error(subject, "\(purpose): \(error)", advice(error, setting))
    }
    await probe.drain(deadline: .zero)
    if isServing {
      return .warning(
        subject, "\(purpose): free, though a server has the data folder",
        "look which ports that server was started with")
    }
    return .ok(subject, "\(purpose): free on \(address)")
  }

  private func advice(_ error: TransportError, _ setting: String) -> String {
    guard case .cannotListen = error else {
      return "end the program that has it (ss --listening --tcp --processes names it), or set \(setting)"
    }
    return
      "set LISTEN_ADDRESS to an address of this machine (ip address shows them), and \(setting) to a port that the "
      + "server's user may have"
  }

  private func repeated() -> [Finding] {
    let taken = Dictionary(grouping: ports.filter { $0.port != 0 }, by: \.port).filter { $0.value.count > 1 }
    return taken.keys.sorted().map { port in
      let settings = taken[port, default: []].map(\.setting).joined(separator: " and ")
      return .error("port \(port)", "\(settings) are the same", "give each a port of its own")
    }
  }
}
