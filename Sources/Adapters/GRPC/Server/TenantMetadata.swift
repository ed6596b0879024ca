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
    guard let name = PercentEncoding.decodeStrictly(value) else {
      throw GRPCStatus(
        .invalidArgument, "\(Self.metadataKey): not percent-encoded UTF-8: write '%' and all that is not ASCII as '%XX'"
      )
    }
    do throws(NameError) { try self.init(name) } catch {
      throw GRPCStatus(.invalidArgument, "\(Self.metadataKey): \(error)")
    }
  }
}
