import Application
import Domain
import Testing

extension ChunkIndexPromise {
  func checkFoldsWindowsOverCommits(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let first = try Sample.windowKey(1)
    let sameProducer = try Sample.windowKey(1, "db")
    let width = SequenceWindow.width
    // Out of order, with holes, far ahead, behind the window; one key in several commits and twice in one.
    let commits = [
      [Sample.change(first, [(3, 3), (1, 1)]), Sample.change(sameProducer, [(0, 40)])],
      [Sample.change(first, [(2, 2)], lastAppend: Timestamp(nanoseconds: 9))],
      [Sample.change(first, [(width + 2, 5)]), Sample.change(first, [(width + 1, 6), (1, 99)])],
      [Sample.change(sameProducer, [(5 * width, 41)], lastAppend: Timestamp(nanoseconds: 3))],
      [Sample.change(first, [(3 * width, 7), (2 * width + 1, 8), (2 * width, 98)])],
    ]
    for changes in commits {
      try await lineage.commit(to: index, windows: changes)
    }
    let windows = try await index.state(of: lineage.partition).windows
    let expected = Dictionary(grouping: commits.joined(), by: \.key).mapValues { Remembered($0) }
    #expect(windows.mapValues { Remembered($0) } == expected)
  }

  func checkStartsWindowsAnew(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let key = try Sample.windowKey(1)
    let old = Sample.change(key, [(100, 1), (101, 2)])
    let new = Sample.change(key, startsAnew: true, [(7, 3)], lastAppend: Timestamp(nanoseconds: 1))
    try await lineage.commit(to: index, windows: [old])
    try await lineage.commit(to: index, windows: [new])
    let windows = try await index.state(of: lineage.partition).windows
    #expect(windows.mapValues { Remembered($0) } == [key: Remembered([new])])
  }

  func checkKeepsRefusedWindowsAlive(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let key = try Sample.windowKey(1)
    let taken = Sample.change(key, [(4, 4)])
    let later = Timestamp.epoch.advanced(by: SequenceWindow.lifetime)
    let repeated = Sample.change(key, [], lastAppend: later)
    try await lineage.commit(to: index, windows: [taken])
    try await lineage.commit(to: index, windows: [repeated], newestAppend: later)
    let muchLater = later.advanced(by: SequenceWindow.lifetime)
    try await lineage.commit(to: index, newestAppend: muchLater)
    let windows = try await index.state(of: lineage.partition).windows
    #expect(windows.mapValues { Remembered($0) } == [key: Remembered([taken, repeated])])
  }

  func checkDropsExpiredWindows(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let expired = Sample.change(try Sample.windowKey(1), [(0, 1)], lastAppend: .epoch)
    let kept = Sample.change(try Sample.windowKey(2), [(0, 2)], lastAppend: Timestamp(nanoseconds: 1))
    try await lineage.commit(to: index, windows: [expired, kept])
    #expect(try await index.state(of: lineage.partition).windows.count == 2)
    let newest = Timestamp(nanoseconds: 1).advanced(by: SequenceWindow.lifetime)
    try await lineage.commit(to: index, newestAppend: newest)
    let windows = try await index.state(of: lineage.partition).windows
    #expect(windows.mapValues { Remembered($0) } == [kept.key: Remembered([kept])])
    // Another partition's time is its own.
    var other = Lineage(partition: 1)
    try await other.commit(to: index, newestAppend: newest.advanced(by: .seconds(1)))
    #expect(try await index.state(of: lineage.partition).windows.count == 1)
  }
}
