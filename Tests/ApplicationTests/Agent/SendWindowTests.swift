import Application
import Domain
import Testing

@Suite("Send window")
struct SendWindowTests {
  private static func batches(_ service: String, _ sequences: Range<UInt64>) throws -> [JournaledBatch] {
    let stream = StreamID(tenant: .default, service: try ServiceName(service))
    return sequences.map {
      JournaledBatch(stream: stream, sequence: $0, eventCount: 1, content: [], firstSent: .epoch)
    }
  }

  private static func limits(_ batches: Int, _ distance: UInt64) -> SendWindow.Limits {
    var limits = SendWindow.Limits()
    limits.batches = batches
    limits.distance = distance
    return limits
  }

  @Test("gives so many batches at a time, oldest first")
  func bounded() throws {
    var window = SendWindow(Self.limits(2, 512))
    let batches = try Self.batches("a", 0..<3)
    window.enqueue(batches)
    #expect(window.next() == batches[0] && window.next() == batches[1] && window.next() == nil)
    window.acknowledged(batches[1].stream, sequence: 1)
    #expect(window.next() == batches[2])
    window.acknowledged(batches[0].stream, sequence: 0)
    window.acknowledged(batches[2].stream, sequence: 2)
    #expect(window.isEmpty)
  }

  @Test("holds a stream whose oldest batch is not acknowledged, and lets others pass")
  func distance() throws {
    var window = SendWindow(Self.limits(10, 2))
    let a = try Self.batches("a", 5..<8)
    let b = try Self.batches("b", 0..<1)
    window.enqueue(a + b)
    #expect(window.next() == a[0] && window.next() == a[1] && window.next() == b[0] && window.next() == nil)
    window.acknowledged(a[1].stream, sequence: 6)
    #expect(window.next() == nil)
    window.acknowledged(a[0].stream, sequence: 5)
    #expect(window.next() == a[2])
  }

  @Test("keeps its bounds and loses nothing under random schedules", arguments: 0..<30)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let limits = Self.limits(Int.random(in: 1...8, using: &random), UInt64.random(in: 1...5, using: &random))
    var window = SendWindow(limits)
    var added: [String: UInt64] = [:]
    var sent: [String: [UInt64]] = [:]
    var open: [JournaledBatch] = []
    for _ in 0..<3_000 {
      switch Int.random(in: 0..<3, using: &random) {
      case 0 where added.values.reduce(0, +) < 1_200:
        let service = ["a", "b", "c"].randomElement(using: &random) ?? "a"
        let first = added[service, default: 0]
        window.enqueue(try Self.batches(service, first..<(first + 3)))
        added[service] = first + 3
      case 1:
        guard let batch = window.next() else { continue }
        sent[batch.stream.service.text, default: []].append(batch.sequence)
        open.append(batch)
        let oldest = open.filter { $0.stream == batch.stream }.map(\.sequence).min() ?? 0
        #expect(batch.sequence - oldest < limits.distance && open.count <= limits.batches, "seed \(seed)")
      default:
        guard let index = open.indices.randomElement(using: &random) else { continue }
        let batch = open.remove(at: index)
        window.acknowledged(batch.stream, sequence: batch.sequence)
      }
    }
    while !window.isEmpty {
      while let batch = window.next() {
        sent[batch.stream.service.text, default: []].append(batch.sequence)
        open.append(batch)
      }
      for batch in open { window.acknowledged(batch.stream, sequence: batch.sequence) }
      open = []
    }
    for (service, count) in added { #expect(sent[service] == Array(0..<count), "seed \(seed)") }
  }
}
