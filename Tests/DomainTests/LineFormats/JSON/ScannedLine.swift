import Domain

/// One line scanned alone, as tests look at it.
struct ScannedLine {
  let service: String
  let event: Event

  init(
    _ line: some Sequence<UInt8>, fields: JSONLineFields = JSONLineFields(), defaultService: String? = "svc"
  ) throws {
    var scanner = JSONLineScanner(fields: fields, defaultService: try defaultService.map { try ServiceName($0) })
    let bytes = Array(line)
    try scanner.scan(bytes.span)
    service = String(decoding: scanner.service, as: UTF8.self)
    var columns = EventColumns()
    scanner.append(bytes.span, to: &columns, index: 0)
    let stream = StreamID(tenant: .default, service: try ServiceName("any"))
    let header = BatchHeader(
      stream: stream, producer: ProducerID(Identifier128(high: 0, low: 1)), sequence: 0, digest: 0, firstSent: .epoch,
      received: .epoch)
    event = try EventBatch(EncodedRecord(header, columns)).event(at: 0)
  }

  var message: String { String(decoding: event.message, as: UTF8.self) }

  func attribute(_ key: String) -> AttributeValue? { event.attributes.first { $0.key == key }?.value }

  /// Why `line` is refused; nil if it is not.
  static func error(
    _ line: some Sequence<UInt8>, fields: JSONLineFields = JSONLineFields(), defaultService: String? = "svc"
  ) throws -> JSONLineError? {
    do { _ = try ScannedLine(line, fields: fields, defaultService: defaultService) } catch let error as JSONLineError {
      return error
    }
    return nil
  }
}
