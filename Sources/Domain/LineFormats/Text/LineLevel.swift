/// Finds the level in a line of text, only where levels stand: a word beside the time, in brackets, or after `level=`.
///
/// Never in running text. Words are looked at from the line's start to its time, then from the time on, up to the second
/// word of prose, the first word behind a `tag: `, or the end of the searched bytes. An upper-case word counts when it
/// stands by itself; in other spellings (`error`, `Error`) only with something that marks it: brackets, tabs, bars, or a
/// colon behind it.
enum LineLevel {
  /// Bytes behind the time in which a level may stand.
  static let searchedBytes = 100
  /// Words looked at: ten are more than any layout has before its level.
  private static let searchedWords = 10

  static func find(in line: Span<UInt8>, time: FoundTime?) -> FoundLevel? {
    if line.count > 0, line[0] == UInt8(ascii: "<"), let priority = SyslogPriority(line, at: 0) {
      return FoundLevel(severity: priority.severity, word: .named(priority.name))
    }
    guard let time else {
      return word(in: line.extracting(first: searchedBytes), from: 0, prose: 0)
    }
    switch time.shape {
    case .klog:
      let start = time.range.lowerBound
      return LevelWord.severity(letter: line[start]).map {
        FoundLevel(severity: $0, word: .written(start..<(start + 1)))
      }
    case .monthAndDay:
      if let level = android(line, from: time.range.upperBound) { return level }
    case .plain: break
    }
    // A level before the time, as in `[INFO] 2026-…`, has two bytes more than the shortest word.
    if time.range.lowerBound > LevelWord.lengths.lowerBound,
      let level = word(in: line.extracting(first: time.range.lowerBound), from: 0, prose: 0)
    {
      return level
    }
    return word(
      in: line.extracting(first: time.range.upperBound + searchedBytes), from: time.range.upperBound, prose: 1)
  }

  /// `  1702  2395 D WindowManager:` from `start` on.
  private static func android(_ line: Span<UInt8>, from start: Int) -> FoundLevel? {
    var offset = start
    for _ in 0..<2 {
      while TimeText.skip(0x20, line, &offset) {}
      let count = TimeText.digits(line, at: offset, limit: 8)
      guard count > 0 else { return nil }
      offset += count
    }
    guard TimeText.skip(0x20, line, &offset), offset + 1 < line.count, line[offset + 1] == 0x20,
      let severity = LevelWord.severity(letter: line[offset])
    else { return nil }
    return FoundLevel(severity: severity, word: .written(offset..<(offset + 1)))
  }

  /// - Parameter prose: How many ordinary words may come before the level.
  private static func word(in text: Span<UInt8>, from start: Int, prose: Int) -> FoundLevel? {
    var offset = start
    var proseLeft = prose
    var isLast = false
    for count in 0..<searchedWords {
      guard let tagEnded = skipSeparators(text, &offset), !isLast || !tagEnded else { return nil }
      if tagEnded, count > 0 { isLast = true }
      let end = wordEnd(text, offset)
      let word = offset..<end
      if end < text.count, text[end] == UInt8(ascii: "=") {
        if let key = PackedWord(text, word), LevelWord.isKey(key) { return value(text, at: end + 1) }
        offset = valueEnd(text, from: end + 1)
        continue
      }
      let isWord = TimeText.isLetter(text, at: offset)
      if isWord, let level = level(text, word), stands(text, word) { return level }
      if isLast { return nil }
      if isWord, isProse(text, word) {
        if proseLeft == 0 { return nil }
        proseLeft -= 1
      }
      offset = end
    }
    return nil
  }

  /// Passes over what stands between words.
  ///
  /// - Returns: Whether a colon and a space were among it, as behind a tag; nil at the end, or where a quoted text begins.
  private static func skipSeparators(_ text: Span<UInt8>, _ offset: inout Int) -> Bool? {
    var tagEnded = false
    // The quote that ends a time, as in `time="…" level=info`.
    if offset > 0 { _ = TimeText.skip(UInt8(ascii: "\""), text, &offset) }
    while offset < text.count {
      let byte = text[offset]
      if byte == UInt8(ascii: "\"") { return nil }
      guard isSeparator(byte) || byte == UInt8(ascii: "-") else { return tagEnded }
      if byte == UInt8(ascii: ":"), offset + 1 < text.count, text[offset + 1] == 0x20 { tagEnded = true }
      offset &+= 1
    }
    return nil
  }

  @inline(__always)
  private static func wordEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < text.count, !isSeparator(text[end]) { end &+= 1 }
    return end
  }

  @inline(__always)
  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: ";"),
      UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "\""), UInt8(ascii: "'"), 0x0a, 0x0d:
      true
    default: false
    }
  }

  private static func level(_ text: Span<UInt8>, _ word: Range<Int>) -> FoundLevel? {
    guard LevelWord.lengths.contains(word.count), let packed = PackedWord(text, word),
      let severity = LevelWord.severity(packed)
    else { return nil }
    return FoundLevel(severity: severity, word: .written(word))
  }

  /// Whether what is around a level's name says that it is meant as one.
  private static func stands(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    let before = word.lowerBound > 0 ? text[word.lowerBound - 1] : 0x20
    let after = word.upperBound < text.count ? text[word.upperBound] : 0x20
    if isUppercase(text, word) { return true }
    switch after {
    case UInt8(ascii: "]"), UInt8(ascii: ">"), UInt8(ascii: ")"):
      return before == UInt8(ascii: "[") || before == UInt8(ascii: "<") || before == UInt8(ascii: "(")
        || before == UInt8(ascii: ":")
    case UInt8(ascii: ":"): return true
    case 0x09, UInt8(ascii: "|"): return before == after || before == 0x20
    case 0x20:
      // A column that is filled up with spaces: `Info                  CBS`.
      return before == 0x20 && word.upperBound + 1 < text.count && text[word.upperBound + 1] == 0x20
    default: return false
    }
  }

  private static func isUppercase(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    for offset in word where text[offset] &- 0x41 >= 26 { return false }
    return true
  }

  /// A word of a sentence: letters only, more than one, not all of them capital, and a space behind it. A program's name
  /// has its process or a colon there.
  private static func isProse(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard word.upperBound == text.count || text[word.upperBound] == 0x20 else { return false }
    var hasLowercase = false
    for offset in word {
      let byte = text[offset]
      guard (byte | 0x20) &- 0x61 < 26 else { return false }
      if byte >= 0x61 { hasLowercase = true }
    }
    return hasLowercase && word.count > 1
  }

  /// The level that stands behind `level=`, in quotes or not.
  private static func value(_ text: Span<UInt8>, at start: Int) -> FoundLevel? {
    let first = start < text.count && text[start] == UInt8(ascii: "\"") ? start + 1 : start
    return level(text, first..<wordEnd(text, first))
  }

  /// Behind the value of a key: its closing quote, or the next space.
  private static func valueEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    var end = start
    if end < text.count, text[end] == UInt8(ascii: "\"") {
      end += 1
      while end < text.count, text[end] != UInt8(ascii: "\"") { end += text[end] == UInt8(ascii: "\\") ? 2 : 1 }
      return min(end + 1, text.count)
    }
    while end < text.count, text[end] != 0x20, text[end] != 0x09 { end += 1 }
    return end
  }
}
