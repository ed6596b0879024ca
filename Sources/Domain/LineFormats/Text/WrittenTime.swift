/// A date and time of day as a line writes them: perhaps without a year, perhaps without a zone.
struct WrittenTime: Sendable {
  /// Nil where the line leaves it out.
  var year: Int?
  var month = 1
  var day = 1
  var hour = 0
  var minute = 0
  var second = 0
  var nanosecond = 0
  /// Seconds east of UTC; nil where the line does not say.
  var zone: Int?

  /// What times of lines that do not say all of it are understood by.
  struct Context: Sendable {
    /// Seconds east of UTC of times without a zone.
    var zone = 0
    /// What years left out are found by.
    var now: Timestamp
  }

  /// Nil if there is no such day, or it is outside the range of `Timestamp`.
  func timestamp(_ context: Context) -> Timestamp? {
    guard (1...12).contains(month), day >= 1, day <= CivilTime.daysInMonth(month, year: year ?? Self.leapYear) else {
      return nil
    }
    if let year { return timestamp(year: year, context) }
    return timestampOfNearestYear(context)
  }

  private static let leapYear = 2000

  /// Clocks of two machines differ, and so may zones: this much ahead of now is still this year's.
  private static let toleranceNanoseconds: Int64 = 86_400_000_000_000

  /// The latest such day that is not more than a day ahead of now. The 29th of February may be eight years back.
  private func timestampOfNearestYear(_ context: Context) -> Timestamp? {
    let (latest, overflows) = context.now.nanoseconds.addingReportingOverflow(Self.toleranceNanoseconds)
    guard !overflows else { return nil }
    let newest = CivilTime(Timestamp(nanoseconds: latest)).year + 1
    for year in stride(from: newest, through: newest - 10, by: -1)
    where day <= CivilTime.daysInMonth(month, year: year) {
      guard let time = timestamp(year: year, context) else { return nil }
      if time.nanoseconds <= latest { return time }
    }
    return nil
  }

  private func timestamp(year: Int, _ context: Context) -> Timestamp? {
    // A leap second is read as the second after, as `RFC3339` does.
    let leap = second == 60 ? 1 : 0
    let time = CivilTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second - leap, nanosecond: nanosecond)
    guard let local = time.timestamp else { return nil }
    let (sum, overflows) = local.nanoseconds.addingReportingOverflow(
      Int64(leap - (zone ?? context.zone)) * 1_000_000_000)
    return overflows ? nil : Timestamp(nanoseconds: sum)
  }
}
