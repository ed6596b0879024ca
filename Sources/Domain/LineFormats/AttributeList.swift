/// The attributes of one event while a line is read: encoded, each key once.
struct AttributeList: Sendable {
  /// Keys beyond so many are not compared: the server refuses an event of over 128 attributes, and comparing each with
  /// each would take seconds on a line of nothing but keys.
  private static let comparedKeys = 256

  private struct Entry {
    let start: Int
    let key: Range<Int>
  }

  /// Keys that stand for something else: what a line calls so is kept as `logged.` and that name.
  var reservedKeys: [[UInt8]] = []
  /// As `AttributeEncoding` says.
  private(set) var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// Bytes of the longest key and the longest text that were added, those of values replaced since included.
  private(set) var longestKey = 0
  private(set) var longestText = 0
  /// Whether a value took the place of another one, which is lost.
  private(set) var hasReplaced = false

  var count: Int { entries.count }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    longestKey = 0
    longestText = 0
    hasReplaced = false
  }

  mutating func append(key: Span<UInt8>, string: Span<UInt8>) {
    begin(key)
    longestText = max(longestText, string.count)
    AttributeEncoding.append(key: key, string: string, to: &bytes)
  }

  mutating func append(key: Span<UInt8>, int: Int64) {
    begin(key)
    AttributeEncoding.append(key: key, int: int, to: &bytes)
  }

  mutating func append(key: Span<UInt8>, double: Double) {
    begin(key)
    AttributeEncoding.append(key: key, double: double, to: &bytes)
  }

  mutating func append(key: Span<UInt8>, bool: Bool) {
    begin(key)
    AttributeEncoding.append(key: key, bool: bool, to: &bytes)
  }

  /// Notes a key; of two values the later one stays, as with any JSON parser.
  private mutating func begin(_ key: Span<UInt8>) {
    if entries.count <= Self.comparedKeys, let index = entry(key) {
      remove(at: index)
      hasReplaced = true
    }
    longestKey = max(longestKey, key.count)
    var lengthBytes = 1
    while key.count >> (7 * lengthBytes) > 0 { lengthBytes += 1 }
    let keyStart = bytes.count + lengthBytes
    entries.append(Entry(start: bytes.count, key: keyStart..<(keyStart + key.count)))
  }

  private func entry(_ key: Span<UInt8>) -> Int? {
    entries.indices.first { index in
      let known = entries[index].key
      guard known.count == key.count else { return false }
      for offset in 0..<key.count where bytes[known.lowerBound + offset] != key[offset] { return false }
      return true
    }
  }

  private mutating func remove(at index: Int) {
    let start = entries[index].start
    let end = index + 1 < entries.count ? entries[index + 1].start : bytes.count
    bytes.removeSubrange(start..<end)
    entries.remove(at: index)
    for later in index..<entries.count {
      let entry = entries[later]
      let shift = end - start
      entries[later] = Entry(
        start: entry.start - shift, key: (entry.key.lowerBound - shift)..<(entry.key.upperBound - shift))
    }
  }
}
