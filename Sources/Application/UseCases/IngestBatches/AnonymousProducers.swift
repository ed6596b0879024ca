import Domain

/// Gives identities to batches of senders that have none.
///
/// Such batches are appended side by side and may overtake one another in the log. What is under way of one producer and
/// stream stays under half the sequence window, so none ever falls behind it; when more comes at once, another producer
/// is opened.
actor AnonymousProducers {
  struct Identity: Hashable, Sendable {
    let producer: ProducerID
    let sequence: UInt64
  }

  private struct Lane {
    let producer: ProducerID
    var next: UInt64 = 0
    var underWay: Set<UInt64> = []

    /// Newest handed out less oldest under way.
    var spread: UInt64 { next - (underWay.min() ?? next) }
  }

  /// Streams whose producers are kept for their next batch. Senders may make up names: beyond this number those are
  /// forgotten of which nothing is under way, about 3 MB. A stream that comes back gets another producer.
  static let maximumStreams = 10_000
  private static let maximumSpread = SequenceWindow.width / 2

  private let identifiers: any Identifiers
  private let maximumStreams: Int
  private var lanes: [StreamID: [Lane]] = [:]

  init(identifiers: any Identifiers, maximumStreams: Int = maximumStreams) {
    self.identifiers = identifiers
    self.maximumStreams = maximumStreams
  }

  /// Streams that have a producer.
  var streamCount: Int { lanes.count }

  func begin(_ stream: StreamID) -> Identity {
    if lanes[stream] == nil, lanes.count >= maximumStreams { forgetIdleStreams() }
    return begin(in: &lanes[stream, default: []])
  }

  /// The batch is in the log, or was given up.
  func end(_ identity: Identity, _ stream: StreamID) {
    guard let index = lanes[stream]?.firstIndex(where: { $0.producer == identity.producer }) else { return }
    lanes[stream]?[index].underWay.remove(identity.sequence)
  }

  private func begin(in own: inout [Lane]) -> Identity {
    let free = own.firstIndex { $0.spread < Self.maximumSpread }
    let index = free ?? own.count
    if free == nil { own.append(Lane(producer: ProducerID(identifiers.next()))) }
    let sequence = own[index].next
    own[index].next += 1
    own[index].underWay.insert(sequence)
    return Identity(producer: own[index].producer, sequence: sequence)
  }

  private func forgetIdleStreams() {
    lanes = lanes.filter { $0.value.contains { !$0.underWay.isEmpty } }
  }
}
