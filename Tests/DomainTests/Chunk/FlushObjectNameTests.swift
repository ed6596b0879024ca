import Domain
import TestSupport
import Testing

@Suite("What a flush object's key says") struct FlushObjectNameTests {
  @Test("is what it was made of, whatever the service is called", arguments: ["pack", "a-b--c", "-", "1-2-3-4"])
  func roundTrip(_ label: String) throws {
    let flush = FlushID(SampleSnapshot.id(5, 6))
    let epoch = LogEpoch(SampleSnapshot.id(7, 8))
    let key = ObjectKey(
      prefix: "p", tenant: try TenantID("acme"), label: label, record: (flush, epoch), partition: PartitionID(4),
      range: 10..<99, newestAppend: .epoch, part: 2, digest: PlainDigest())
    let name = try #require(FlushObjectName(key))
    #expect(name.flush == flush && name.epoch == epoch && name.partition == PartitionID(4))
    #expect(name.range == 10..<99 && name.part == 2)
  }

  @Test("is nothing for other objects", arguments: ["a/b.cwd", "a/b.cws", "x-0-1-2-pack-y-0.cwd"])
  func others(_ text: String) throws {
    #expect(FlushObjectName(try #require(ObjectKey(text))) == nil)
  }
}
