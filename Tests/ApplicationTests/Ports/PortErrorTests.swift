import Application
import Domain
import Testing

@Suite("A port's error")
struct PortErrorTests {
  private static let generation = Generation.first(random: Identifier128(high: 0, low: 7))
  private static let key = ObjectKey("objects/a")

  static let errors: [(any Error & CustomStringConvertible, String)] = [
    (
      ChunkIndexError.corrupt(reason: "index 'd/index.sqlite': the file was removed"),
      "index 'd/index.sqlite': the file was removed: run 'cordwood index rebuild', which makes it again from the objects"
    ),
    (ChunkIndexError.wrongGeneration(found: nil), "it has no generation marker: run 'cordwood index rebuild'"),
    (ChunkIndexError.tooOld(age: .seconds(90)), "the flush was begun too long ago, 90 s"),
    (ChunkIndexError.lostRace(head: nil), "another owner of the partition was first"),
    (ObjectStoreError.unavailable(retryAfter: .seconds(1), reason: "it's away"), "it's away"),
    (EventLogError.unavailable(retryAfter: .seconds(1), reason: "it's away"), "it's away"),
    (
      EventLogError.corrupt(partition: PartitionID(2), offset: 5, next: 9, reason: "'a' is torn"),
      "partition 2 is damaged at offsets 5 up to 9: 'a' is torn"
    ),
    (EventLogError.outOfRange(offset: 9, start: 1, end: 4), "it has offsets 1 up to 4, and not 9"),
    (RecentEventsError.noOwner(PartitionID(1)), "partition 1 has no owner yet"),
    (DeadLetterQueueError.corrupt(reason: "'letters'"), "'letters'"),
    (DeadLetterOperationsError.notFound(number: 3), "there is no dead letter 3"),
    (BatchSinkError.rejected(reason: "no 'x'"), "no 'x'"),
    (AgentJournalError.full(bytes: 9, limit: 8), "the spool holds 9 bytes, its limit is 8"),
    (LogFilesError.unreadable(path: "/a", reason: "permission denied"), "'/a' cannot be read: permission denied"),
    (LogSourceError.corrupt(name: "a.gz", reason: "cut off"), "'a.gz' is damaged: cut off"),
    (LogStreamError.interrupted(name: "journald", reason: "it ended"), "'journald' broke off: it ended"),
    (LeaseError.unavailable(reason: "it's away"), "it's away"),
    (ProcessorDirectoryError.unavailable(reason: "it's away"), "it's away"),
    (PartitionOwnershipError.rejected(reason: "no topic 't'"), "no topic 't'"),
    (EventIngestError.shuttingDown, "the server is stopping"),
    (EventQueryError.invalidRequest(field: "limit", reason: "1 to 10"), "limit: 1 to 10"),
  ]

  @Test("is told in plain words, as its adapter said them and no Swift", arguments: errors)
  func isPlain(_ error: any Error & CustomStringConvertible, _ words: String) {
    #expect("\(error)" == words)
  }

  @Test("names the object and the marker that it is about")
  func namesValues() throws {
    let key = try #require(Self.key)
    #expect("\(ObjectStoreError.notFound(key))" == "there is no object 'objects/a'")
    #expect("\(ObjectStoreError.tooLarge(key, bytes: 9, limit: 8))" == "object 'objects/a' has 9 bytes, 8 are allowed")
    let words = "\(ChunkIndexError.alreadyInitialised(Self.generation))"
    #expect(words == "it has its generation marker already (\(Self.generation))")
  }
}
