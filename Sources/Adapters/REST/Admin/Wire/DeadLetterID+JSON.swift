import Domain

extension JSONWriter {
  /// A letter's identity: members of a batch, or checksum and number of bytes.
  mutating func id(_ id: DeadLetterID) {
    beginObject()
    switch id {
    case .batch(let key, let sequence, let digest, let index):
      self.key("producer")
      string(key.producer.description)
      self.key("tenant")
      string(key.stream.tenant.text)
      self.key("service")
      string(key.stream.service.text)
      self.key("sequence")
      integerString(sequence)
      self.key("digest")
      integer(digest)
      if let index {
        self.key("index")
        integer(index)
      }
    case .bytes(let checksum, let count):
      key("checksum")
      integer(checksum)
      key("bytes")
      integer(count)
    }
    endObject()
  }
}

extension DeadLetterID {
  init(_ object: AnswerObject) throws(AdminClientError) {
    guard let producer = try object.optionalValue("producer", Identifier128.init(hexadecimal:)) else {
      self = .bytes(checksum: try object.integer("checksum"), count: try object.integer("bytes"))
      return
    }
    let stream = StreamID(
      tenant: try object.value("tenant", { try? TenantID($0) }),
      service: try object.value("service", { try? ServiceName($0) }))
    self = .batch(
      WindowKey(producer: ProducerID(producer), stream: stream), sequence: try object.integer("sequence"),
      digest: try object.integer("digest"), index: try object.optionalInteger("index"))
  }
}
