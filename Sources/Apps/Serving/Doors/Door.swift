package import Application
package import Composition
import GRPCAdapter
import RESTAdapter
package import Transport

/// One listener of a service.
package struct Door: Sendable {
  let front: FrontDoor
  let name: String
  let setting: Setting<UInt16>
  let protocols: HTTPProtocols
  let handle: HTTPHandler
  let beginStop: @Sendable () -> Void

  /// - Parameters:
  ///   - name: For errors and logs: `gRPC server`.
  ///   - setting: Of its port.
  ///   - beginStop: Called first when it is asked to stop, before what is under way is waited for.
  package init(
    _ front: FrontDoor, name: String, setting: Setting<UInt16>, protocols: HTTPProtocols = .all,
    handle: @escaping HTTPHandler, beginStop: @escaping @Sendable () -> Void = {}
  ) {
    self.front = front
    self.name = name
    self.setting = setting
    self.protocols = protocols
    self.handle = handle
    self.beginStop = beginStop
  }
}
