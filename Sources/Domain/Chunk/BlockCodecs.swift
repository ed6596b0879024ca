/// The codecs that a reader knows, by the name that a footer keeps.
package struct BlockCodecs: Sendable {
  private let codecs: [String: any BlockCompression]

  package init(_ codecs: [any BlockCompression]) {
    self.codecs = Dictionary(codecs.map { (type(of: $0).name, $0) }) { first, _ in first }
  }

  /// - Throws: If there is none of that name, naming it.
  package func codec(named name: String) throws(DecodingError) -> any BlockCompression {
    guard let codec = codecs[name] else {
      throw DecodingError(
        .unsupportedVersion, at: 0,
        "an object is compressed with '\(name)', this build reads \(codecs.keys.sorted().joined(separator: ", "))")
    }
    return codec
  }
}
