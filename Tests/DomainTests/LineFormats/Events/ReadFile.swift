import Domain
import Testing

/// A file read to its end by an `EventReader`, as tests look at it.
struct ReadFile {
  static let now = RFC3339.timestamp("2026-11-24T12:00:00Z") ?? .epoch

  private(set) var steps: [EventReader.Step] = []
  private(set) var events: [Event] = []
  private(set) var services: [String] = []
  private(set) var counts = EventReaderCounts()

  /// - Parameter pieces: The content, cut anywhere. Only behind the last one the reader is told of the end.
  init(_ pieces: [[UInt8]], _ options: EventReaderOptions = EventReaderOptions()) throws {
    var reader = EventReader(options, defaultService: try ServiceName("svc"))
    var columns = EventColumns()
    var buffer: [UInt8] = []
    var position = 0
    for number in 0...pieces.count {
      let isEnd = number == pieces.count
      if !isEnd { buffer.append(contentsOf: pieces[number]) }
      reading: while true {
        let step = reader.next(in: buffer.span, from: position, isEnd: isEnd, now: Self.now)
        switch step {
        case .incomplete:
          try #require(buffer.count - position < reader.windowBytes, "a whole window must do")
          break reading
        case .blank(let range):
          try #require(range.lowerBound == position && range.upperBound > position)
          position = range.upperBound
        case .event(let range):
          try #require(range.lowerBound == position && range.upperBound > position)
          position = range.upperBound
          let before = columns.count
          services.append(String(decoding: reader.service, as: UTF8.self))
          reader.append(buffer.span, to: &columns, index: UInt32(before), attributes: Self.file.span)
          try #require(columns.count == before + reader.eventCount)
        }
        steps.append(step)
      }
    }
    try #require(position == buffer.count, "the end must give out all that is left")
    counts = reader.counts
    events = try Self.events(columns)
  }

  init(_ text: String, _ options: EventReaderOptions = EventReaderOptions()) throws {
    try self.init([Array(text.utf8)], options)
  }

  init(_ text: String, multiline: MultilineRule, format: EventReaderOptions.Format = .auto) throws {
    var options = EventReaderOptions()
    options.multiline = multiline
    options.format = format
    try self.init(text, options)
  }

  var messages: [String] { events.map { String(decoding: $0.message, as: UTF8.self) } }
  var times: [String] { events.map { RFC3339.text($0.key.timestamp) } }

  func attribute(_ key: String, of event: Int) -> AttributeValue? {
    events[event].attributes.first { $0.key == key }?.value
  }

  private static let file: [UInt8] = {
    var bytes: [UInt8] = []
    AttributeEncoding.append(Attribute(key: "file", value: .string("/a.log")), to: &bytes)
    return bytes
  }()

  private static func events(_ columns: EventColumns) throws -> [Event] {
    let stream = StreamID(tenant: .default, service: try ServiceName("any"))
    let header = BatchHeader(
      stream: stream, producer: ProducerID(Identifier128(high: 0, low: 1)), sequence: 0, digest: 0, firstSent: .epoch,
      received: .epoch)
    let batch = try EventBatch(EncodedRecord(header, columns))
    return try (0..<columns.count).map { try batch.event(at: $0) }
  }
}
