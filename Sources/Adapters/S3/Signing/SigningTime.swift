import Domain

/// The second at which a request is signed: `20130524T000000Z`, and its day.
struct SigningTime: Sendable {
  let text: String

  var day: String { String(text.prefix(8)) }

  init(_ time: Timestamp) {
    // `2013-05-24T00:00:00.000000000Z` without punctuation and fraction.
    text = RFC3339.text(time).prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }
}
