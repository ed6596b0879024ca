/// Where this machine reaches a server of its own.
enum OwnAddress {
  /// - Parameter listening: The address that the server listens on; all addresses of the machine count as its own.
  static func reaching(_ listening: String) -> String {
    switch listening {
    case "0.0.0.0": "127.0.0.1"
    case "::": "::1"
    default: listening
    }
  }
}
