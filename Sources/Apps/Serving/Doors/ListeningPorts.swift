package import Application
import Composition

/// Where a process listens, with the ports that were picked.
package struct ListeningPorts: Sendable {
  private let address: String
  private let ports: [FrontDoor: Int]

  init(address: String, ports: [FrontDoor: Int]) {
    self.address = address
    self.ports = ports
  }

  /// - Precondition: The process has such a door.
  package subscript(front: FrontDoor) -> Int {
    guard let port = ports[front] else { preconditionFailure("this process has no door '\(front)'") }
    return port
  }

  /// `host:port`, as a URL wants it.
  package func place(of front: FrontDoor) -> String { HostPort.text(host: address, port: self[front]) }
}
