import Domain
import Testing

@Suite("The name of a snapshot") struct SnapshotNameTests {
  private func name(_ ordinal: UInt64, _ commits: UInt64, partition: Int = 3) -> SnapshotName {
    SnapshotName(
      partition: PartitionID(partition), generation: Generation(ordinal: ordinal, random: SampleSnapshot.id(0, 7)),
      commits: commits)
  }

  @Test("lies in a folder that no tenant can have, and is read back", arguments: ["", "logs", "a/b"])
  func key(_ prefix: String) {
    let key = name(2, 17).key(prefix: prefix)
    let folder = prefix.isEmpty ? "" : prefix + "/"
    #expect(key.text == "\(folder)_system/index/3/00000000000000020000000000000007-00000000000000000017.cws")
    #expect(SnapshotName(key, prefix: prefix) == name(2, 17))
    #expect(key.text.hasPrefix(SnapshotName.folder(prefix: prefix, PartitionID(3)) + "/"))
  }

  @Test("sorts by generation, then commits, as its key does")
  func order() {
    let names = [name(1, 5), name(1, 40), name(1, .max), name(2, 0), name(10, 3), name(.max, 1)]
    #expect(names.shuffled().sorted() == names)
    #expect(names.map { $0.key(prefix: "") }.shuffled().sorted() == names.map { $0.key(prefix: "") })
  }

  @Test(
    "is not seen in other keys",
    arguments: [
      "acme/2026/01/01/00/e-0-0-5-web-f-0.cwd", "_system/index/3/x.cws", "_system/index/3/0-1.cws",
      "_system/index/x/00000000000000020000000000000007-00000000000000000017.cws",
      "acme/index/3/00000000000000020000000000000007-00000000000000000017.cws",
      "other/_system/index/3/00000000000000020000000000000007-00000000000000000017.cws",
    ])
  func otherKeys(_ text: String) throws {
    #expect(SnapshotName(try #require(ObjectKey(text)), prefix: "") == nil)
  }

  @Test("generations are ordered by when they were begun")
  func generations() {
    let first = Generation.first(random: SampleSnapshot.id(.max, .max))
    let second = first.next(random: SampleSnapshot.id(0, 0))
    #expect(first < second && second.ordinal == 2)
    #expect(first.next(random: SampleSnapshot.id(0, 1)) != second)
  }
}
