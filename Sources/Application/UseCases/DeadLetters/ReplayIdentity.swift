import Domain

/// Under which producer a letter is replayed (DESIGN section 4, rule 11): a function of what the letter is, so that the owner of
/// the partition knows its events again however often they come.
///
///     the first 16 bytes of SHA-256("cordwood dlq" · 0 · id as `DeadLetterID.append` writes it)
///     for undecodable bytes, whose id is a weak checksum: of SHA-256("cordwood dlq" · 1 · the bytes)
enum ReplayIdentity {
  static func producer(of letter: DeadLetter, _ digest: some ObjectDigest) -> ProducerID {
    var bytes = Array("cordwood dlq".utf8)
    switch letter.id {
    case .batch:
      bytes.append(0)
      letter.id.append(to: &bytes)
    case .bytes:
      bytes.append(1)
      bytes += letter.content.bytes
    }
    let sum = digest.sha256(bytes.span)
    guard let value = Identifier128(bytes: sum.span.extracting(first: 16)) else {
      preconditionFailure("SHA-256 of \(sum.count) bytes")
    }
    return ProducerID(value)
  }
}
