@testable import Domain
import Testing

@Suite("a window of sequences")
struct SequenceWindowTests {
  static let start = Timestamp(nanoseconds: 1_767_225_600_000_000_000)

  @Test("takes each sequence once, in any order within the window")
  func anyOrder() {
    var random = SeededGenerator(seed: 1)
    var window = SequenceWindow()
    var order = Array(0..<600).map { UInt64($0) }
    order.shuffle(using: &random)
    for sequence in order { #expect(Self.judge(&window, sequence) == .taken) }
    for sequence in order { #expect(Self.judge(&window, sequence) == .duplicate) }
    #expect(window.newest == 599)
    #expect(window.entries.map(\.sequence) == Array(0..<600).map { UInt64($0) })
  }

  @Test("a first batch may have any sequence")
  func anyFirst() {
    var window = SequenceWindow()
    #expect(Self.judge(&window, 123_456_789) == .taken)
    #expect(Self.judge(&window, 123_456_788) == .taken)
    #expect(Self.judge(&window, 123_456_789) == .duplicate)
  }

  @Test("what lies 1,024 behind the newest is behind the window, what lies 1,023 behind is not")
  func behind() {
    var window = SequenceWindow()
    #expect(Self.judge(&window, 2_000) == .taken)
    #expect(Self.judge(&window, 2_000 - 1_024) == .behindWindow)
    #expect(Self.judge(&window, 2_000 - 1_023) == .taken)
    #expect(Self.judge(&window, 3_024) == .taken)
    #expect(Self.judge(&window, 2_000) == .behindWindow)
  }

  @Test("another content under a known sequence is a conflict")
  func conflict() {
    var window = SequenceWindow()
    #expect(Self.judge(&window, 5) == .taken)
    #expect(Self.judge(&window, 5, digest: 1) == .conflict)
    #expect(Self.judge(&window, 5) == .duplicate)
  }

  @Test("a batch first sent longer ago than a window lives is not taken, known producer or not")
  func expired() {
    let late = Self.start.advanced(by: .seconds(8 * 86_400))
    var unknown = SequenceWindow()
    #expect(unknown.judge(sequence: 0, digest: 0, firstSent: Self.start, appended: late) == .expired)
    #expect(unknown.newest == nil)
    var known = SequenceWindow()
    #expect(known.judge(sequence: 9, digest: 9, firstSent: late, appended: late) == .taken)
    #expect(known.judge(sequence: 8, digest: 8, firstSent: Self.start, appended: late) == .expired)
    #expect(known.judge(sequence: 9, digest: 9, firstSent: Self.start, appended: late) == .duplicate)
  }

  @Test("refused batches keep a window alive; an expired one starts anew")
  func lifetime() {
    func day(_ number: Int) -> Timestamp { Self.start.advanced(by: .seconds(number * 86_400)) }
    var window = SequenceWindow()
    #expect(window.judge(sequence: 0, digest: 0, firstSent: day(0), appended: day(0)) == .taken)
    #expect(window.judge(sequence: 0, digest: 1, firstSent: day(6), appended: day(6)) == .conflict)
    #expect(window.judge(sequence: 0, digest: 0, firstSent: day(0), appended: day(12)) == .duplicate)
    #expect(window.judge(sequence: 0, digest: 1, firstSent: day(20), appended: day(20)) == .taken)
  }

  @Test("memory is bounded however far sequences run")
  func bounded() {
    var window = SequenceWindow()
    for sequence in stride(from: UInt64(0), to: 100_000, by: 7) { _ = Self.judge(&window, sequence) }
    #expect(window.entries.count <= Int(SequenceWindow.width))
    #expect(Self.judge(&window, .max) == .taken)
    #expect(window.entries.count == 1)
  }

  @Test("gives the verdicts of a plain list of all sequences", arguments: 1...40 as ClosedRange<UInt64>)
  func differential(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var window = SequenceWindow()
    var taken: [UInt64: UInt32] = [:]
    var newest: UInt64?
    var position = seed.isMultiple(of: 5) ? UInt64.max - 3_000 : random.next() % 2_000
    for _ in 0..<2_000 {
      let step = [1, 1, 1, 3, 40, 1_023, 1_024, 2_500][random.below(8)] * random.below(2)
      position = position.addingReportingOverflow(UInt64(step)).overflow ? .max : position + UInt64(step)
      let sequence = position - min(position, UInt64(random.below([4, 1_100][random.below(2)])))
      let digest = UInt32(random.below(2))
      let expected: SequenceWindow.Verdict =
        if let newest, newest >= 1_024, sequence <= newest - 1_024 { .behindWindow } else if let known = taken[sequence]
        { known == digest ? .duplicate : .conflict } else { .taken }
      #expect(Self.judge(&window, sequence, digest: digest) == expected)
      guard expected == .taken else { continue }
      taken[sequence] = digest
      newest = max(newest ?? sequence, sequence)
    }
    #expect(window.newest == newest)
    let remembered = taken.filter { (newest ?? 0) - $0.key < 1_024 }.sorted { $0.key < $1.key }
    #expect(window.entries.map(\.sequence) == remembered.map(\.key))
    #expect(window.entries.map(\.digest) == remembered.map(\.value))
  }

  @Test("costs four bytes and a bit a sequence, and little with few")
  func compact() {
    #expect(DigestRing(span: 1).bytes <= 64)
    var window = SequenceWindow()
    for sequence in 0..<5_000 as Range<UInt64> { _ = Self.judge(&window, sequence) }
    #expect(window.digests.bytes <= 4_300)
  }

  @Test("an expired window that was only asked in vain is dropped")
  func emptyWindow() throws {
    var windows = PartitionWindows()
    func header(_ sequence: UInt64) throws -> BatchHeader {
      BatchHeader(
        stream: StreamID(tenant: .default, service: try ServiceName("web")),
        producer: ProducerID(Identifier128(high: 0, low: 1)), sequence: sequence, digest: 0, firstSent: Self.start,
        received: Self.start)
    }
    #expect(windows.judge(try header(0), appended: Self.start) == .taken)
    let late = Self.start.advanced(by: .seconds(8 * 86_400))
    #expect(windows.judge(try header(1), appended: late) == .expired)
    windows.dropExpired(at: late)
    #expect(windows.count == 0)
  }

  @Test("changes folded into another copy give the same window", arguments: 1...40 as ClosedRange<UInt64>)
  func folding(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var owner = PartitionWindows()
    var stored: [WindowKey: SequenceWindow] = [:]
    let stream = StreamID(tenant: .default, service: try ServiceName("web"))
    var time = Self.start
    for _ in 0..<30 {
      for _ in 0..<random.below(40) {
        time = time.advanced(by: .seconds(random.below(20) == 0 ? 8 * 86_400 : 60))
        let producer = ProducerID(Identifier128(high: 0, low: UInt64(random.below(3) + 1)))
        let sequence = UInt64(random.below(1_500))
        _ = owner.judge(
          BatchHeader(
            stream: stream, producer: producer, sequence: sequence, digest: UInt32(random.below(2)), firstSent: time,
            received: time), appended: time)
      }
      PartitionWindows.fold(owner.cutChanges(), into: &stored, newestAppend: time)
      owner.dropExpired(at: time)
      var copy = PartitionWindows(stored)
      for (key, window) in stored {
        for entry in window.entries {
          let header = BatchHeader(
            stream: key.stream, producer: key.producer, sequence: entry.sequence, digest: entry.digest,
            firstSent: time, received: time)
          var original = owner
          #expect(original.judge(header, appended: time) == .duplicate)
          #expect(copy.judge(header, appended: time) == .duplicate)
        }
      }
      #expect(copy.count == owner.count)
    }
  }

  private static func judge(
    _ window: inout SequenceWindow, _ sequence: UInt64, digest: UInt32 = 0
  ) -> SequenceWindow.Verdict {
    window.judge(sequence: sequence, digest: digest, firstSent: start, appended: start)
  }
}
