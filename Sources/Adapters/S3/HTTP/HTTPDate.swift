import Domain

/// The time in a `Date` or `Retry-After` field: `Tue, 24 Nov 2026 13:05:07 GMT` (RFC 9110, section 5.6.7). The two obsolete
/// forms are not read: no server that is in use sends them.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func timestamp(_ text: String) -> Timestamp? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let year = Int(words[3]),
      let month = months.firstIndex(of: String(words[2])), (1970...2200).contains(year),
      (1...CivilTime.daysInMonth(month + 1, year: year)).contains(day)
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2]) else {
      return nil
    }
    return CivilTime(
      year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: min(clock[2], 59)
    ).timestamp
  }
}
