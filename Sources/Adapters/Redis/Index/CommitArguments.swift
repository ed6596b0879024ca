import Application
import Domain

/// The arguments of `RedisScript.applyCommit`.
struct CommitArguments {
  /// What the partition must be at.
  struct Expectation {
    let head: FlushID?
    let watermark: UInt64
    let epoch: LogEpoch?
  }

  /// Where it is afterwards.
  struct Place {
    let head: FlushID
    let watermark: UInt64
    let epoch: LogEpoch
  }

  enum Count {
    /// One more commit.
    case another
    /// What was staged is complete, with so many.
    case complete(UInt64)
    /// More will come of what is staged.
    case unchanged
  }

  var expected = Expectation(head: nil, watermark: 0, epoch: nil)
  /// Nil: it stays.
  var next: Place?
  /// Nil: at any time.
  var latest: Timestamp?
  var count = Count.unchanged
  var gap: Gap?
  var letters: PartitionSnapshot.Letters?
  var objects: [ObjectDescriptor] = []
  var windows: [(key: WindowKey, window: SequenceWindow)] = []
  /// Keys of windows, encoded.
  var droppedWindows: [[UInt8]] = []

  var encoded: [[UInt8]] {
    var words: [[UInt8]] = [
      expected.head.bytes, .init(decimal: expected.watermark), expected.epoch.map { $0.value.bytes } ?? [],
      next.map(\.head).bytes, .init(decimal: next?.watermark ?? 0), next.map { $0.epoch.value.bytes } ?? [],
    ]
    words += latestWords
    switch count {
    case .another: words.append([UInt8(ascii: "+")])
    case .complete(let commits): words.append(.init(decimal: commits))
    case .unchanged: words.append([])
    }
    words.append(gapWord)
    words.append(letters.map { Self.encoded($0) } ?? [])
    appendContents(to: &words)
    words.append(.init(decimal: windows.count))
    for (key, window) in windows {
      words += [key.bytes, window.encoded, .init(decimal: window.lastAppend.flooredMilliseconds)]
    }
    words.append(.init(decimal: droppedWindows.count))
    words += droppedWindows
    words.append(.init(decimal: letters?.ids.count ?? 0))
    for id in letters?.ids ?? [] { words.append(id.bytes) }
    return words
  }

  private var latestWords: [[UInt8]] {
    guard let latest else { return [[], []] }
    let (seconds, nanosecond) = latest.nanoseconds.flooredDivision(by: 1_000_000_000)
    return [.init(decimal: seconds), .init(decimal: nanosecond / 1_000)]
  }

  private var gapWord: [UInt8] {
    var bytes: [UInt8] = []
    gap?.append(to: &bytes)
    return bytes
  }

  private struct Group: Hashable {
    let stream: Int
    let slice: Int
  }

  /// Objects, streams, slices, and the entries of chunks by stream and slice.
  private func appendContents(to words: inout [[UInt8]]) {
    var streams = Numbering<StreamID>()
    var slices = Numbering<TimeSlice>()
    var groups: [(group: Group, words: [[UInt8]])] = []
    var places: [Group: Int] = [:]
    for (number, object) in objects.enumerated() {
      for (ordinal, chunk) in object.chunks.enumerated() {
        let slice = TimeSlice(of: chunk.timeSpan)
        let group = Group(stream: streams.number(of: chunk.stream), slice: slices.number(of: slice))
        var entry: [UInt8] = []
        ChunkEntry.append(chunk, ordinal: ordinal, in: slice, to: &entry)
        let place = places[group] ?? groups.count
        if place == groups.count {
          places[group] = place
          groups.append((group, []))
        }
        groups[place].words += [.init(decimal: number), entry]
      }
    }
    words.append(.init(decimal: objects.count))
    for object in objects { words.append(ObjectEntry.encoded(object)) }
    words.append(.init(decimal: streams.values.count))
    for stream in streams.values {
      var names: [UInt8] = []
      names.append(lengthPrefixed: stream.tenant.text)
      names.append(lengthPrefixed: stream.service.text)
      words += [Array(stream.tenant.text.utf8), Array(stream.service.text.utf8), names]
    }
    words.append(.init(decimal: slices.values.count))
    for slice in slices.values {
      words += [Array(slice.name.utf8), .init(decimal: slice.level), .init(decimal: slice.number)]
    }
    words.append(.init(decimal: groups.count))
    for (group, entries) in groups {
      words += [.init(decimal: group.stream), .init(decimal: group.slice), .init(decimal: entries.count / 2)]
      words += entries
    }
  }

  private static func encoded(_ letters: PartitionSnapshot.Letters) -> [UInt8] {
    var bytes = letters.flush.value.bytes
    bytes.append(varint: UInt64(letters.ids.count))
    for id in letters.ids { id.append(to: &bytes) }
    return bytes
  }
}

/// Values numbered in the order in which they came first.
private struct Numbering<Value: Hashable> {
  private(set) var values: [Value] = []
  private var numbers: [Value: Int] = [:]

  mutating func number(of value: Value) -> Int {
    if let number = numbers[value] { return number }
    numbers[value] = values.count
    values.append(value)
    return values.count - 1
  }
}

extension Timestamp {
  var flooredMilliseconds: Int64 { nanoseconds.flooredDivision(by: 1_000_000).quotient }
}

extension Identifier128 {
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }
}

extension WindowKey {
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }
}

extension DeadLetterID {
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }
}

extension FlushID? {
  /// Empty for none.
  fileprivate var bytes: [UInt8] { self?.value.bytes ?? [] }
}
