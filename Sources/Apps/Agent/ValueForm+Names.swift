import Composition
import Domain

extension ValueForm where Value == TenantID {
  static var tenant: Self {
    ValueForm(
      placeholder: "TENANT", expectation: nameExpectation,
      parse: { text in do throws(NameError) { return try TenantID(text) } catch { return nil } }, text: { $0.text })
  }
}

extension ValueForm where Value == ServiceName {
  static var service: Self {
    ValueForm(
      placeholder: "SERVICE", expectation: nameExpectation,
      parse: { text in do throws(NameError) { return try ServiceName(text) } catch { return nil } }, text: { $0.text })
  }
}

extension ValueForm where Value == [String] {
  /// Names of fields, the preferred one first.
  static var fieldNames: Self {
    ValueForm(
      placeholder: "FIELD[,…]", expectation: "one to ten names of fields, separated by commas",
      parse: { text in
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return names.count <= 10 && names.allSatisfy { !$0.isEmpty } ? names : nil
      }, text: { $0.joined(separator: ",") })
  }
}

private let nameExpectation = "1 to 128 bytes without control characters, not beginning with '_' or '.'"
