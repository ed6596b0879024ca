/// Header or trailer fields in the order in which they came, names in lower case (RFC 9110 section 5).
///
/// Values are kept as text; bytes that are not UTF-8 are refused by the parsers before they get here.
package struct HTTPFields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  package struct Field: Sendable, Equatable {
    package let name: String
    package let value: String
  }

  package private(set) var fields: [Field] = []

  package init() {}

  package init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { append(name, value) }
  }

  /// - Parameter name: In lower case, as HTTP/2 demands it.
  package mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  /// The first value of `name`; nil if the field is absent.
  package subscript(_ name: String) -> String? {
    fields.first { $0.name == name }?.value
  }

  package func all(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }
}
