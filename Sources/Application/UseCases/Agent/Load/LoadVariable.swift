import Domain

/// What changes from message to message of one template.
enum LoadVariable: String, CaseIterable, Sendable {
  /// `u48213`.
  case user
  /// `o-90417233`.
  case order
  /// Eight hexadecimal digits.
  case id
  /// A route of the API.
  case path
  /// `10.14.3.201`.
  case address = "ip"
  /// Milliseconds of something quick: 1 to 59.
  case quick = "ms"
  /// Milliseconds of something slow: 800 to 4,799.
  case slow
  /// `132.50 EUR`.
  case amount
  /// 1 to 9.
  case few
  /// 0 to 9,999.
  case many
  /// `SKU-3391`.
  case article = "sku"

  private static let paths = [
    "/v1/products", "/v1/products/search", "/v1/basket", "/v1/orders", "/v1/profile", "/v1/recommendations", "/healthz",
  ].map { Array($0.utf8) }
  private static let prefixes = (user: Array("u".utf8), order: Array("o-".utf8), article: Array("SKU-".utf8))
  private static let tens = Array("10.".utf8)
  private static let currency = Array(" EUR".utf8)

  /// Appends a random value.
  func append(to text: inout [UInt8], _ random: inout LoadRandom) {
    switch self {
    case .user:
      text.append(Self.prefixes.user.span)
      text.append(decimal: 1_000 + random.below(60_000))
    case .order:
      text.append(Self.prefixes.order.span)
      text.append(decimal: 10_000_000 + random.below(90_000_000))
    case .id:
      let bits = random.next()
      for shift in stride(from: 56, through: 32, by: -8) {
        Hexadecimal.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)), to: &text)
      }
    case .path:
      let path = Self.paths[random.below(Self.paths.count)]
      text.append(path.span)
    case .address:
      text.append(Self.tens.span)
      for separator in [UInt8(ascii: "."), UInt8(ascii: "."), 0] {
        text.append(decimal: random.below(256))
        if separator != 0 { text.append(separator) }
      }
    case .quick: text.append(decimal: 1 + random.below(59))
    case .slow: text.append(decimal: 800 + random.below(4_000))
    case .amount:
      text.append(decimal: 1 + random.below(300))
      text.append(UInt8(ascii: "."))
      text.append(decimal: 10 + random.below(90))
      text.append(Self.currency.span)
    case .few: text.append(decimal: 1 + random.below(9))
    case .many: text.append(decimal: random.below(10_000))
    case .article:
      text.append(Self.prefixes.article.span)
      text.append(decimal: 1_000 + random.below(9_000))
    }
  }
}

extension [UInt8] {
  /// The decimal digits of a number that is not negative.
  fileprivate mutating func append(decimal value: Int) {
    var scale = 1
    while value / scale >= 10 { scale *= 10 }
    var rest = value
    while scale > 0 {
      append(0x30 &+ UInt8(truncatingIfNeeded: rest / scale))
      rest %= scale
      scale /= 10
    }
  }
}
