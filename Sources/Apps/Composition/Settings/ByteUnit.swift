/// The units of a size in a setting.
enum ByteUnit: String, CaseIterable {
  case byte = "B"
  case kilobyte = "kB"
  case megabyte = "MB"
  case gigabyte = "GB"
  case terabyte = "TB"
  case kibibyte = "KiB"
  case mebibyte = "MiB"
  case gibibyte = "GiB"
  case tebibyte = "TiB"

  var bytes: Int {
    switch self {
    case .byte: 1
    case .kilobyte: 1_000
    case .megabyte: 1_000_000
    case .gigabyte: 1_000_000_000
    case .terabyte: 1_000_000_000_000
    case .kibibyte: 1 << 10
    case .mebibyte: 1 << 20
    case .gibibyte: 1 << 30
    case .tebibyte: 1 << 40
    }
  }

  /// Nil for another form, a fraction of a byte, or more than an `Int` holds.
  static func bytes(_ text: String) -> Int? {
    guard let (number, unit) = splitNumber(text) else { return nil }
    if unit.isEmpty { return decimal(number) }
    guard let unit = allCases.first(where: { $0.rawValue.lowercased() == unit.lowercased() }) else { return nil }
    return scaled(number, by: unit.bytes)
  }

  /// In the largest unit of 1024 that divides it, else of 1000, else in bytes.
  static func text(_ count: Int) -> String {
    let units: [ByteUnit] = [.tebibyte, .gibibyte, .mebibyte, .kibibyte, .terabyte, .gigabyte, .megabyte, .kilobyte]
    guard count > 0, let unit = units.first(where: { count % $0.bytes == 0 }) else { return "\(count)B" }
    return "\(count / unit.bytes)\(unit.rawValue)"
  }
}

/// `1.5GB` as `1.5` and `GB`; nil where it does not begin with a digit.
func splitNumber(_ text: String) -> (number: String, unit: String)? {
  let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") }
  guard let first = number.utf8.first, isDigit(first) else { return nil }
  let unit = text[number.endIndex...]
  return (String(number), String(unit.first == " " ? unit.dropFirst() : unit))
}

/// `number`, a decimal fraction, times `factor`; nil where that is no whole number or too large.
func scaled(_ number: String, by factor: Int) -> Int? {
  let parts = number.split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count <= 2, let whole = decimal(String(parts[0])) else { return nil }
  let (base, overflow) = whole.multipliedReportingOverflow(by: factor)
  guard !overflow else { return nil }
  guard parts.count == 2 else { return base }
  // Nine digits reach a nanosecond of a second, and keep the products below within an Int for every unit up to 10^9.
  guard let digits = decimal(String(parts[1])), parts[1].utf8.count <= 9 else { return nil }
  let divisor = (0..<parts[1].utf8.count).reduce(1) { power, _ in power * 10 }
  let (product, tooLarge) = digits.multipliedReportingOverflow(by: factor)
  guard !tooLarge, product % divisor == 0 else { return nil }
  let (sum, carried) = base.addingReportingOverflow(product / divisor)
  return carried ? nil : sum
}
