import Composition
import Domain

/// A moment as a person writes it: a date and time, a number since 1970, or how long ago.
enum TimeArgument: Hashable, Sendable {
  case at(Timestamp)
  case ago(Duration)

  /// Numbers from here on are milliseconds, below they are seconds: as milliseconds 1973, as seconds the year 5138.
  private static let firstMilliseconds: Int64 = 100_000_000_000

  /// Reads RFC 3339, epoch seconds or milliseconds, or a duration like `15m` (ago); nil for anything else.
  init?(_ text: String) {
    if let number = Int64(text) {
      let milliseconds =
        number.magnitude < Self.firstMilliseconds.magnitude ? number * 1_000 : number
      guard let time = Timestamp(milliseconds: milliseconds) else { return nil }
      self = .at(time)
    } else if let time = RFC3339.timestamp(text) {
      self = .at(time)
    } else if let duration = ValueForm<Duration>.duration().parse(text) {
      self = .ago(duration)
    } else {
      return nil
    }
  }

  func timestamp(now: Timestamp) -> Timestamp {
    switch self {
    case .at(let time): time
    case .ago(let duration): now.advanced(by: .zero - duration)
    }
  }
}

extension ValueForm where Value == TimeArgument {
  static var time: Self {
    ValueForm(
      placeholder: "TIME",
      expectation: "a time like 2026-11-24T13:05:00Z, 1795521600 (s or ms since 1970), or 15m, 2h, 7d (ago)",
      parse: TimeArgument.init,
      text: { time in
        switch time {
        case .at(let timestamp): RFC3339.text(timestamp)
        case .ago(let duration): ValueForm<Duration>.duration().text(duration)
        }
      })
  }
}
