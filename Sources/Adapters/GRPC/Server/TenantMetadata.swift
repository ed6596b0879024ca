import Domain
import Transport

extension TenantID {
  static let metadataKey = "x-tenant-id"

  /// The tenant that a call is for; `default` if it names none. Percent-encoded, since metadata is ASCII.
  ///
  /// - Throws: `.invalidArgument` that names the rule which the value breaks.
  init(metadata: HTTPFields) throws(GRPCStatus) {
    let values = metadata.all(Self.metadataKey)
    guard let value = values.first else {
      self = .default
      return
    }
    guard values.count == 1 else {
      throw GRPCStatus(.invalidArgument, "\(Self.metadataKey) is there \(values.count) times, expected once")
    }
    do throws(NameError) { try self.init(PercentEncoding.decode(value)) } catch {
      throw GRPCStatus(.invalidArgument, "\(Self.metadataKey): \(error)")
    }
  }
}
