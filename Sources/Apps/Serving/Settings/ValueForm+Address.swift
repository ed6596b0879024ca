import Composition
import Transport

extension ValueForm where Value == String {
  /// An address of this machine to listen on.
  static var address: Self {
    ValueForm(
      placeholder: "ADDRESS", expectation: "an IPv4 or IPv6 address",
      parse: { HTTPServerConfiguration.isAddress($0) ? $0 : nil }, text: { $0 })
  }
}
