import Application
import Domain

/// A server that takes each batch once, by the rules of the sequence window, and can be told to fail.
actor FakeIngestor: BatchSink {
  enum Reply: Sendable {
    case take
    /// The batch is taken and nobody hears of it.
    case takeAndBreak
    case breakFirst
    case retryAfter(Duration)
    case reject
    case deadLetter(DeadLetterReason)
  }

  struct Sending: Sendable {
    let stream: StreamID
    let sequence: UInt64
    let content: [UInt8]
    let age: Duration
  }

  private let terms: IngestTerms
  private let clock: any WallClock
  private var reply: @Sendable (Int) -> Reply
  /// Whether it does not even say what it takes.
  private var isAway = false
  private(set) var sendings: [Sending] = []
  private var windows: [WindowKey: SequenceWindow] = [:]
  private var batches: [StreamID: [UInt64: [String]]] = [:]
  private(set) var verdicts: [SequenceWindow.Verdict] = []

  /// - Parameter reply: What to do with each sending, counted from 0.
  init(
    clock: any WallClock, maximumBatchBytes: Int = 1 << 20, reply: @escaping @Sendable (Int) -> Reply = { _ in .take }
  ) {
    self.clock = clock
    self.reply = reply
    terms = IngestTerms(
      maximumBatchBytes: maximumBatchBytes, maximumSingleEventBatchBytes: 2 << 20, eventLimits: EventLimits(),
      placementVersion: 3)
  }

  func goAway() { isAway = true }

  func set(_ reply: @escaping @Sendable (Int) -> Reply) { self.reply = reply }

  /// Messages of each service, in the order of sequences.
  var messages: [String: [String]] {
    var messages: [String: [String]] = [:]
    for (stream, bySequence) in batches {
      messages[stream.service.text] = bySequence.sorted { $0.key < $1.key }.flatMap(\.value)
    }
    return messages
  }

  func terms(for tenant: TenantID) throws(BatchSinkError) -> IngestTerms {
    if Task.isCancelled { throw .cancelled }
    if isAway { throw .unavailable(retryAfter: nil, reason: "connection refused") }
    return terms
  }

  nonisolated func encode(_ batch: OutgoingBatch) -> [UInt8] {
    let header = BatchHeader(
      stream: batch.stream, producer: batch.producer, sequence: batch.sequence, digest: 0, placement: batch.placement,
      firstSent: .epoch, received: .epoch, traceParent: batch.traceParent)
    return EncodedRecord(header, batch.events).bytes
  }

  func send(_ content: [UInt8], of stream: StreamID, age: Duration) throws(BatchSinkError) -> BatchOutcome {
    if Task.isCancelled { throw .cancelled }
    let batch: EventBatch
    do throws(DecodingError) { batch = try EventBatch(EncodedRecord(bytes: content)) } catch {
      throw .rejected(reason: "\(error)")
    }
    let reply = self.reply(sendings.count)
    sendings.append(Sending(stream: stream, sequence: batch.header.sequence, content: content, age: age))
    switch reply {
    case .take: take(batch, age)
    case .takeAndBreak:
      take(batch, age)
      throw .unavailable(retryAfter: nil, reason: "the connection broke")
    case .breakFirst: throw .unavailable(retryAfter: nil, reason: "the connection broke")
    case .retryAfter(let duration): return .retryAfter(duration, reason: "busy")
    case .reject: throw .rejected(reason: "not for this tenant")
    case .deadLetter(let reason): return .deadLettered(reason: reason)
    }
    return .accepted(isExactlyOnce: true, retimed: 0, deadLetters: [])
  }

  private func take(_ batch: EventBatch, _ age: Duration) {
    let key = WindowKey(producer: batch.header.producer, stream: batch.header.stream)
    let now = clock.now()
    let digest = CRC32C.checksum(batch.bytes.span)
    let verdict = windows[key, default: SequenceWindow()].judge(
      sequence: batch.header.sequence, digest: digest, firstSent: now.advanced(by: .zero - age), appended: now)
    verdicts.append(verdict)
    guard verdict == .taken else { return }
    batches[batch.header.stream, default: [:]][batch.header.sequence] = (0..<batch.count).map { row in
      String(repairing: batch.bytes.span.extracting(batch.messageRange(at: row)))
    }
  }
}
