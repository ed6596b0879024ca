import Domain

/// What the generated system does: an online shop of six services, 2 to 3 in 100 of whose events are errors.
enum LoadCatalogue {
  static let services = [
    "api-service", "auth-service", "inventory-service", "notification-service", "order-service", "payment-service",
  ]

  static let requests = [
    LoadRequest(
      520, LoadStep("api-service", .info, "GET {path}?page={few} 200 {ms} ms from {ip}"),
      LoadStep("inventory-service", .debug, "stock of {sku} looked up in {ms} ms, {many} left")),
    LoadRequest(
      110, LoadStep("api-service", .info, "POST /v1/login 200 {ms} ms from {ip}"),
      LoadStep("auth-service", .info, "user {user} logged in from {ip}, session {id}")),
    LoadRequest(
      240, LoadStep("api-service", .info, "POST /v1/orders accepted for {user}"),
      LoadStep("auth-service", .debug, "token {id} of {user} verified in {ms} ms"),
      LoadStep("order-service", .info, "order {order} created for {user}, {few} items, {amount}"),
      LoadStep("inventory-service", .info, "reserved {few} x {sku} for {order}"),
      LoadStep("payment-service", .info, "payment {id} of {amount} for {order} authorised in {ms} ms"),
      LoadStep("order-service", .info, "order {order} paid"),
      LoadStep("notification-service", .info, "mail 'order confirmed' to {user} queued, {many} waiting")),
    LoadRequest(
      45, LoadStep("auth-service", .warn, "wrong password for {user} from {ip}, attempt {few}"),
      LoadStep("api-service", .warn, "POST /v1/login 401 {ms} ms from {ip}")),
    LoadRequest(
      25, LoadStep("inventory-service", .warn, "slow query: {slow} ms for stock of {sku}, {many} rows"),
      LoadStep("api-service", .info, "GET {path} 200 {slow} ms from {ip}")),
    LoadRequest(
      30, LoadStep("api-service", .info, "POST /v1/orders accepted for {user}"),
      LoadStep("payment-service", .warn, "bank slow: {slow} ms, retrying payment {id}"),
      LoadStep("payment-service", .error, "timeout after 5000 ms waiting for the bank, payment {id} of {amount}"),
      LoadStep("order-service", .error, "order {order} failed: payment-service timeout"),
      LoadStep("api-service", .error, "POST /v1/orders 504: upstream timeout after 5{few}00 ms")),
    LoadRequest(
      12,
      LoadStep("order-service", .error, "connection to database lost while saving {order}: connection reset by peer"),
      LoadStep("api-service", .error, "POST /v1/orders 500 {ms} ms from {ip}, incident {id}")),
    LoadRequest(
      15, LoadStep("notification-service", .warn, "mail server answered 451, {many} mails wait"),
      LoadStep("notification-service", .error, "mail to {user} given up after {few} attempts")),
    LoadRequest(
      3, LoadStep("auth-service", .fatal, "signing key {id} expired: no token can be issued"),
      LoadStep("api-service", .error, "POST /v1/login 503: auth-service unavailable")),
  ]

  /// Attributes of each of a service's pods, encoded.
  static func pods(of service: String) -> [[UInt8]] {
    (0..<3).map { index in
      var attributes: [UInt8] = []
      let name = "\(service)-\(String(5_000 + service.utf8.reduce(0) { $0 + Int($1) }, radix: 36))-\(index)"
      AttributeEncoding.append(Attribute(key: "pod", value: .string(name)), to: &attributes)
      AttributeEncoding.append(
        Attribute(key: "node", value: .string("node-\(1 + (name.utf8.count + index) % 4)")), to: &attributes)
      AttributeEncoding.append(
        Attribute(key: "region", value: .string(index == 2 ? "eu-west-1" : "eu-central-1")), to: &attributes)
      return attributes
    }
  }
}
