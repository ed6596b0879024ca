/// The value of a `Content-Range` field: `bytes 0-99/1234` or `bytes */1234` (RFC 9110, section 14.4).
struct ContentRange: Equatable, Sendable {
  /// Nil where the server had none to give.
  let range: Range<Int>?
  /// Of the whole object.
  let size: Int

  init?(_ text: String) {
    guard text.hasPrefix("bytes ") else { return nil }
    let halves = text.dropFirst(6).split(separator: "/")
    guard halves.count == 2, let size = Int(halves[1]), size >= 0 else { return nil }
    self.size = size
    if halves[0] == "*" {
      range = nil
      return
    }
    // MinIO of 2021 sends the last bytes of an empty object as `bytes 0--1/0`.
    if size == 0 {
      range = 0..<0
      return
    }
    let ends = halves[0].split(separator: "-").compactMap { Int($0) }
    guard ends.count == 2, ends[0] >= 0, ends[0] <= ends[1], ends[1] < size else { return nil }
    range = ends[0]..<ends[1] + 1
  }
}
