extension ObjectKey {
  /// The folder of what belongs to no tenant; no tenant's name begins with `_`.
  static let systemFolder = "_system"

  /// The key of one object of a flush:
  /// `<prefix>/<tenant>/<yyyy>/<mm>/<dd>/<hh>/<epoch>-<partition>-<from>-<end>-<service or "pack">-<flush>-<part>.cwd`.
  ///
  /// The date is the hour in which the newest record was appended. Flush ids are never used twice, so neither are keys.
  ///
  /// - Parameters:
  ///   - prefix: Segments joined by `/`, or empty.
  ///   - tenant: Nil for an object without events.
  package init(
    prefix: String, tenant: TenantID?, label: String, record: (flush: FlushID, epoch: LogEpoch),
    partition: PartitionID, range: Range<UInt64>, newestAppend: Timestamp, part: Int, digest: some ObjectDigest
  ) {
    let time = CivilTime(newestAppend)
    func padded(_ number: Int, _ digits: Int) -> String {
      String(repeating: "0", count: max(0, digits - String(number).count)) + String(number)
    }
    let folder = tenant.map { Self.encoded($0.text, digest) } ?? Self.systemFolder
    let hour = "\(padded(time.year, 4))/\(padded(time.month, 2))/\(padded(time.day, 2))/\(padded(time.hour, 2))"
    let name =
      "\(record.epoch)-\(partition)-\(range.lowerBound)-\(range.upperBound)-\(label)-\(record.flush)-\(part).cwd"
    let text = (prefix.isEmpty ? "" : prefix + "/") + "\(folder)/\(hour)/\(name)"
    guard let key = ObjectKey(text) else { preconditionFailure("'\(text)' is no object key: is the prefix valid?") }
    self = key
  }

  /// A name as part of a key: percent-encoded outside `[A-Za-z0-9.-]`; over 64 bytes its first 48 and 16 digits of its
  /// SHA-256.
  package static func encoded(_ name: String, _ digest: some ObjectDigest) -> String {
    var text: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"): text.append(byte)
      default:
        text.append(UInt8(ascii: "%"))
        let digits = [UInt8](Hexadecimal.text([byte]).uppercased().utf8)
        text.append(contentsOf: digits)
      }
    }
    guard text.count > 64 else { return String(decoding: text, as: UTF8.self) }
    let hash = Hexadecimal.text(digest.sha256(Array(name.utf8).span).prefix(8))
    return String(decoding: text.prefix(48), as: UTF8.self) + hash
  }
}
