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
    let known = windows.index(forKey: key).flatMap { windows.values[$0].newest == nil ? nil : $0 }
    guard let known else {
      var window = SequenceWindow()
      let verdict = Self.judge(header, appended, by: &window)
      guard verdict == .taken else { return verdict }
      windows[key] = window
      changes[key] = Change(startsAnew: true, added: [WindowChange.Entry(header)])
      return verdict
    }
    if windows.values[known].hasExpired(at: appended) { changes[key] = Change(startsAnew: true) }
    // In place, as are its changes: a copy for each batch would cost more than all the rest.
    let verdict = Self.judge(header, appended, by: &windows.values[known])
    if verdict == .taken {
      changes[key, default: Change(startsAnew: false)].added.append(WindowChange.Entry(header))
    } else if changes[key] == nil {
      changes[key] = Change(startsAnew: false)
    }
    return verdict
  }

  private static func judge(
    _ header: BatchHeader, _ appended: Timestamp, by window: inout SequenceWindow
  ) -> SequenceWindow.Verdict {
    window.judge(sequence: header.sequence, digest: header.digest, firstSent: header.firstSent, appended: appended)
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
    windows = windows.filter { $0.value.newest != nil && !$0.value.hasExpired(at: time) }
  }

  /// What an index holds after it took over the changes: for adapters and their tests.
  package static func fold(
    _ changes: [WindowChange], into windows: inout [WindowKey: SequenceWindow], newestAppend: Timestamp
  ) {
    for change in changes { windows[change.key, default: SequenceWindow()].apply(change) }
    windows = windows.filter { $0.value.newest != nil && !$0.value.hasExpired(at: newestAppend) }
  }
}

extension WindowChange.Entry {
  fileprivate init(_ header: BatchHeader) { self.init(sequence: header.sequence, digest: header.digest) }
}
