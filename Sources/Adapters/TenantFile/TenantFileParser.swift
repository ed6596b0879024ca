import Application
import Domain
import FoundationEssentials

/// Reads the file of tenants strictly: what is not understood is an error that says where, since a limit with a typing error
/// is no limit.
struct TenantFileParser {
  /// Bytes of a file: about 100,000 tenants.
  static let maximumBytes = 32 << 20
  static let maximumKeysPerTenant = 100

  let path: String

  func table(_ bytes: [UInt8]) throws(TenantFileError) -> TenantTable {
    let value: JSONValue
    do { value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) } catch {
      throw TenantFileError(path, "", "this is not JSON: \(Self.reason(error))")
    }
    let document = try object(value, "")
    try check(document, "", ["defaults", "tenants"])
    var table = TenantTable()
    if let defaults = document["defaults"] {
      let fields = try object(defaults, "defaults")
      try check(fields, "defaults", Self.limitFields)
      table.defaults = try limits(fields, "defaults")
    }
    for (name, value) in try object(document["tenants"] ?? .object([:]), "tenants").sorted(by: { $0.key < $1.key }) {
      let place = "tenants.\(name)"
      let tenant: TenantID
      do throws(NameError) { tenant = try TenantID(name) } catch { throw TenantFileError(path, place, "\(error)") }
      let fields = try object(value, place)
      try check(fields, place, Self.limitFields + ["keys"])
      table.limits[tenant] = try limits(fields, place)
      try addKeys(fields["keys"] ?? .array([]), of: tenant, place + ".keys", to: &table)
    }
    return table
  }

  // MARK: Keys

  private func addKeys(
    _ value: JSONValue, of tenant: TenantID, _ place: String, to table: inout TenantTable
  ) throws(TenantFileError) {
    guard case .array(let entries) = value else { throw wrongKind(value, place, "a list of keys") }
    guard entries.count <= Self.maximumKeysPerTenant else {
      throw TenantFileError(path, place, "\(entries.count) keys; a tenant has at most \(Self.maximumKeysPerTenant)")
    }
    for (number, entry) in entries.enumerated() {
      let place = "\(place)[\(number)]"
      let fields = try object(entry, place)
      try check(fields, place, ["name", "sha256", "access"])
      if let name = fields["name"] { _ = try text(name, place + ".name") }
      guard let given = fields["sha256"] else {
        throw TenantFileError(path, place, "the field 'sha256' is missing: the key's SHA-256, in hexadecimal")
      }
      let hash = try sha256(given, place + ".sha256")
      guard table.keys[hash] == nil else {
        throw TenantFileError(path, place + ".sha256", "this key is in the file already: a key belongs to one tenant")
      }
      table.keys[hash] = TenantTable.Key(tenant: tenant, access: try access(fields["access"], place + ".access"))
    }
  }

  private func sha256(_ value: JSONValue, _ place: String) throws(TenantFileError) -> [UInt8] {
    let digits = try text(value, place)
    guard digits.utf8.count == 64, let bytes = Hexadecimal.bytes(digits.utf8) else {
      throw TenantFileError(
        path, place, "a SHA-256 has 64 hexadecimal digits; the key itself does not belong in this file")
    }
    return bytes
  }

  private func access(_ value: JSONValue?, _ place: String) throws(TenantFileError) -> Set<TenantAccess> {
    guard let value else { return Set(TenantAccess.allCases) }
    guard case .array(let entries) = value, !entries.isEmpty else { throw wrongKind(value, place, "a list of words") }
    var access: Set<TenantAccess> = []
    for entry in entries {
      let word = try text(entry, place)
      guard let one = TenantAccess(rawValue: word) else {
        throw TenantFileError(path, place, "'\(word)' is none of: write, read")
      }
      access.insert(one)
    }
    return access
  }

  // MARK: Limits

  private static let limitFields = ["events_per_second", "bytes_per_second", "burst_seconds", "retention_days"]

  private func limits(_ fields: [String: JSONValue], _ place: String) throws(TenantFileError) -> TenantLimits {
    TenantLimits(
      eventsPerSecond: try whole(fields["events_per_second"], place + ".events_per_second", upTo: 1_000_000_000),
      bytesPerSecond: try whole(fields["bytes_per_second"], place + ".bytes_per_second", upTo: 1 << 50),
      burst: try whole(fields["burst_seconds"], place + ".burst_seconds", upTo: 3_600).map { .seconds($0) },
      retention: try whole(fields["retention_days"], place + ".retention_days", upTo: 36_500).map {
        .seconds($0 * 86_400)
      })
  }

  private func whole(_ value: JSONValue?, _ place: String, upTo limit: Int) throws(TenantFileError) -> Int? {
    guard let value else { return nil }
    guard case .number(let number) = value, let whole = Int(exactly: number), (1...limit).contains(whole) else {
      throw TenantFileError(path, place, "this has to be a whole number from 1 to \(limit)")
    }
    return whole
  }

  // MARK: Shapes

  private func object(_ value: JSONValue, _ place: String) throws(TenantFileError) -> [String: JSONValue] {
    guard case .object(let fields) = value else { throw wrongKind(value, place, "an object") }
    return fields
  }

  private func text(_ value: JSONValue, _ place: String) throws(TenantFileError) -> String {
    guard case .string(let text) = value else { throw wrongKind(value, place, "a text") }
    return text
  }

  private func check(
    _ fields: [String: JSONValue], _ place: String, _ known: [String]
  ) throws(TenantFileError) {
    guard let unknown = fields.keys.filter({ !known.contains($0) }).min() else { return }
    throw TenantFileError(
      path, place, "the field '\(unknown)' is not known; there are: \(known.joined(separator: ", "))")
  }

  private func wrongKind(_ value: JSONValue, _ place: String, _ wanted: String) -> TenantFileError {
    TenantFileError(path, place, "this is \(value.kind), and has to be \(wanted)")
  }

  private static func reason(_ error: any Error) -> String {
    guard case Swift.DecodingError.dataCorrupted(let context) = error else { return "\(error)" }
    return context.underlyingError.map { "\($0)" } ?? context.debugDescription
  }
}
