import Domain

/// What all events of a file, or of a stream, have in common.
struct FileOrigin {
  let service: ServiceName
  /// Encoded attributes, each key once: `file` (of a stream `source`), what the path says, what the operator gave. The later go before the earlier.
  let resource: [UInt8]
  /// What the agent adds to every event, so that no line can say otherwise.
  let addedKeys: [String]

  /// - Parameter path: Under which the source was first seen.
  init(_ path: String, _ options: TailOptions) {
    var attributes = [Attribute(key: "file", value: .string(path))]
    var service = options.service
    for (name, value) in options.pathPattern?.match(path) ?? [] {
      if name == "service" {
        service = service ?? Self.service(value)
      } else {
        attributes.append(Attribute(key: name, value: .string(value)))
      }
    }
    self.service = service ?? FileServiceName.service(of: path)
    resource = Self.encoded(attributes + options.attributes)
    addedKeys = ["file", "offset", "stream"]
  }

  /// - Parameter stream: What a person calls it.
  init(stream: String, _ options: TailOptions) {
    service = options.service ?? FileServiceName.service(of: stream)
    resource = Self.encoded([Attribute(key: "source", value: .string(stream))] + options.attributes)
    addedKeys = ["source", "offset", "stream"]
  }

  private static func encoded(_ attributes: [Attribute]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, attribute) in attributes.enumerated() {
      if attributes[(index + 1)...].contains(where: { $0.key == attribute.key }) { continue }
      AttributeEncoding.append(attribute, to: &bytes)
    }
    return bytes
  }

  /// Nil for what is no name of a service.
  private static func service(_ text: String) -> ServiceName? {
    do throws(NameError) { return try ServiceName(text) } catch { return nil }
  }
}
