/// Wildcards made ready to be compared with names or whole paths, byte by byte.
struct GlobProgram: Hashable, Sendable {
  private let pieces: [GlobPiece]
  /// Whether wildcards at the start of a name match a dot there.
  private let matchesHidden: Bool
  /// With many pieces that can take more or less, places known not to match are noted: the time stays within the product of
  /// both lengths.
  private let remembersFailures: Bool

  init(_ pieces: [GlobPiece], matchesHidden: Bool) {
    self.pieces = pieces
    self.matchesHidden = matchesHidden
    let open = pieces.count { piece in
      switch piece {
      case .run, .folders, .name: true
      case .byte, .character, .set: false
      }
    }
    remembersFailures = open > 2
  }

  func matches(_ text: Span<UInt8>) -> Bool {
    var search = Search(failures: remembersFailures ? (pieces.count + 1) * (text.count + 1) : 0, names: 0)
    return match(0, text, 0, &search)
  }

  /// The bytes that each of `names` names stands for; nil if `text` does not match.
  func ranges(in text: Span<UInt8>, names: Int) -> [Range<Int>]? {
    var search = Search(failures: remembersFailures ? (pieces.count + 1) * (text.count + 1) : 0, names: names)
    return match(0, text, 0, &search) ? search.found : nil
  }

  private struct Search {
    var failures: [Bool]
    var found: [Range<Int>]

    init(failures: Int, names: Int) {
      self.failures = Array(repeating: false, count: failures)
      found = Array(repeating: 0..<0, count: names)
    }
  }

  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// Whether the pieces from `index` on match the text from `start` on, to its end.
  private func match(_ index: Int, _ text: Span<UInt8>, _ start: Int, _ search: inout Search) -> Bool {
    let place = index * (text.count + 1) + start
    if remembersFailures, search.failures[place] { return false }
    var index = index
    var offset = start
    steps: while index < pieces.count {
      let hides = !matchesHidden && offset < text.count && text[offset] == Self.dot && isNameStart(text, offset)
      switch pieces[index] {
      case .byte(let byte):
        guard offset < text.count, text[offset] == byte else { break steps }
        offset += 1
      case .character:
        guard !hides, let (scalar, end) = scalar(text, offset), scalar != UInt32(Self.slash) else { break steps }
        offset = end
      case .set(let set):
        guard !hides, let (scalar, end) = scalar(text, offset), set.contains(scalar) else { break steps }
        offset = end
      case .run:
        if hides ? match(index + 1, text, offset, &search) : longest(index, text, offset, 0, &search) { return true }
        break steps
      case .name(let number):
        guard !hides else { break steps }
        if longest(index, text, offset, 1, &search, number) { return true }
        break steps
      case .folders:
        if fewestFolders(index, text, offset, &search) { return true }
        break steps
      }
      index += 1
    }
    if index == pieces.count, offset == text.count { return true }
    if remembersFailures { search.failures[place] = true }
    return false
  }

  private func longest(
    _ index: Int, _ text: Span<UInt8>, _ start: Int, _ least: Int, _ search: inout Search, _ name: Int? = nil
  ) -> Bool {
    var end = start
    while end < text.count, text[end] != Self.slash { end += 1 }
    while end >= start + least {
      if match(index + 1, text, end, &search) {
        // The innermost names are known first; each is written once, on the way that matched.
        if let name, name < search.found.count { search.found[name] = start..<end }
        return true
      }
      end -= 1
    }
    return false
  }

  private func fewestFolders(_ index: Int, _ text: Span<UInt8>, _ start: Int, _ search: inout Search) -> Bool {
    var offset = start
    while true {
      if match(index + 1, text, offset, &search) { return true }
      if !matchesHidden, offset < text.count, text[offset] == Self.dot { return false }
      while offset < text.count, text[offset] != Self.slash { offset += 1 }
      guard offset < text.count else { return false }
      offset += 1
    }
  }

  private func isNameStart(_ text: Span<UInt8>, _ offset: Int) -> Bool {
    offset == 0 || text[offset - 1] == Self.slash
  }

  /// A character of well-formed UTF-8 and where it ends; nil at the end.
  private func scalar(_ text: Span<UInt8>, _ offset: Int) -> (UInt32, Int)? {
    guard offset < text.count else { return nil }
    let first = UInt32(text[offset])
    let length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    guard offset + length <= text.count else { return nil }
    if length == 1 { return (first, offset + 1) }
    var value = first & (0x7f >> UInt32(length))
    for index in offset + 1..<offset + length { value = value << 6 | UInt32(text[index] & 0x3f) }
    return (value, offset + length)
  }
}
