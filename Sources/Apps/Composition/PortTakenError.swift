/// Another process listens on the port that a setting names.
package struct PortTakenError: Error, CustomStringConvertible {
  package let port: UInt16
  package let key: String
  package let flag: String

  package init(port: UInt16, setting: Setting<UInt16>) {
    self.port = port
    key = setting.declaration.key
    flag = setting.declaration.flag
  }

  package var description: String {
    "port \(port) is taken: stop what listens there, or set \(key) (\(flag)) to another port, or to 0 for a free one"
  }
}
