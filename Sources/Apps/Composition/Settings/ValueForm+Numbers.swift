extension ValueForm where Value == UInt16 {
  /// A port to listen on; 0 picks a free one.
  package static var port: Self {
    ValueForm(
      placeholder: "PORT", expectation: "a port from 0 to 65535 (0 picks a free one)",
      parse: { decimal($0).flatMap(UInt16.init(exactly:)) }, text: { "\($0)" })
  }
}

extension ValueForm where Value == Int {
  /// A whole number within `range`, in decimal digits; `_` may group them.
  package static func count(in range: ClosedRange<Int> = 0...Int.max) -> Self {
    ValueForm(
      placeholder: "COUNT", expectation: "a whole number \(bounds(range, \.description))",
      parse: { text in decimal(text).flatMap { range.contains($0) ? $0 : nil } }, text: { "\($0)" })
  }

  /// A number of bytes within `range`: `4096`, `64MiB`, `1.5GB`. Units: B, kB, MB, GB, TB (powers of 1000), KiB, MiB, GiB,
  /// TiB (powers of 1024), in any case.
  package static func byteCount(in range: ClosedRange<Int> = 0...Int.max) -> Self {
    ValueForm(
      placeholder: "SIZE", expectation: "a size in bytes like 64MiB or 500kB, \(bounds(range, ByteUnit.text))",
      parse: { text in ByteUnit.bytes(text).flatMap { range.contains($0) ? $0 : nil } }, text: ByteUnit.text)
  }
}

extension ValueForm where Value == Duration {
  /// A length of time within `range`: `250ms`, `30s`, `5m`, `12h`, `7d`, also `1h30m`. A bare number is refused, for it does
  /// not say its unit; only `0` needs none.
  package static func duration(in range: ClosedRange<Duration> = .zero...DurationUnit.longest) -> Self {
    let expectation =
      "a duration like 250ms, 30s, 5m, 12h or 7d, \(bounds(range, DurationUnit.text, upTo: DurationUnit.longest))"
    return ValueForm(
      placeholder: "DURATION", expectation: expectation,
      parse: { text in DurationUnit.duration(text).flatMap { range.contains($0) ? $0 : nil } }, text: DurationUnit.text)
  }
}

/// Decimal digits, perhaps grouped by single `_`; no sign, no space.
func decimal(_ text: String) -> Int? {
  guard let first = text.utf8.first, isDigit(first), let last = text.utf8.last, isDigit(last) else { return nil }
  guard text.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }), !text.contains("__") else { return nil }
  return Int(text.filter { $0 != "_" })
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// `from 1 to 10`, or `of at least 1` where the upper end is the type's own.
private func bounds(_ range: ClosedRange<Int>, _ text: (Int) -> String) -> String {
  range.upperBound == Int.max
    ? "of at least \(text(range.lowerBound))" : "from \(text(range.lowerBound)) to \(text(range.upperBound))"
}

private func bounds(_ range: ClosedRange<Duration>, _ text: (Duration) -> String, upTo longest: Duration) -> String {
  range.upperBound == longest
    ? "of at least \(text(range.lowerBound))" : "from \(text(range.lowerBound)) to \(text(range.upperBound))"
}
