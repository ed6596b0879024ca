/// The sequence windows of one partition, and what changed in them since the last flush was cut.
package struct PartitionWindows: Hashable, Sendable {
  private var windows: [WindowKey: SequenceWindow]
  private var changes: [WindowKey: Change] = [:]

  private struct Change: Hashable {
    var startsAnew: Bool
    var added: [WindowChange.Entry] = []
  }

  package init(_ windows: [WindowKey: SequenceWindow] = [:]) { self.windows = windows }

  package var count: Int { windows.count }

  /// Judges a batch and remembers it if it is taken.
  package mutating func judge(_ header: BatchHeader, appended: Timestamp) -> SequenceWindow.Verdict {
    let key = WindowKey(producer: header.producer, stream: header.stream)
    var window = windows[key] ?? SequenceWindow()
    let startsAnew = window.newest == nil || window.hasExpired(at: appended)
    let wasKnown = window.newest != nil
    let verdict = window.judge(
      sequence: header.sequence, digest: header.digest, firstSent: header.firstSent, appended: appended)
    if verdict == .taken || wasKnown {
      note(key, startsAnew: startsAnew, header, verdict)
      windows[key] = window
    }
    return verdict
  }

  private mutating func note(
    _ key: WindowKey, startsAnew: Bool, _ header: BatchHeader, _ verdict: SequenceWindow.Verdict
  ) {
    var change = changes[key] ?? Change(startsAnew: false)
    if startsAnew { change = Change(startsAnew: true) }
    if verdict == .taken {
      change.added.append(WindowChange.Entry(sequence: header.sequence, digest: header.digest))
    }
    changes[key] = change
  }

  /// What changed since the last call, sorted by key; the next flush starts from nothing.
  package mutating func cutChanges() -> [WindowChange] {
    defer { changes = [:] }
    return changes.keys.sorted().map { key in
      let change = changes[key] ?? Change(startsAnew: false)
      return WindowChange(
        key: key, startsAnew: change.startsAnew, added: change.added,
        lastAppend: windows[key]?.lastAppend ?? .distantPast)
    }
  }

  /// Forgets windows that have expired, so that their number is bounded by the producers of a lifetime.
  package mutating func dropExpired(at time: Timestamp) {
    windows = windows.filter { !$0.value.hasExpired(at: time) }
  }

  /// What an index holds after it took over the changes: for adapters and their tests.
  package static func fold(
    _ changes: [WindowChange], into windows: inout [WindowKey: SequenceWindow], newestAppend: Timestamp
  ) {
    for change in changes { windows[change.key, default: SequenceWindow()].apply(change) }
    windows = windows.filter { $0.value.newest != nil && !$0.value.hasExpired(at: newestAppend) }
  }
}
