extension AttributeList {
  /// Adds what a value of `line` says under the key that is in `path` from `start` on. Null says nothing.
  ///
  /// An array or object is its JSON text, and so is a number that neither 64 bits nor a finite double hold.
  mutating func append(_ value: JSONValue, of line: Span<UInt8>, key path: [UInt8], from start: Int) {
    if isReserved(path[start...]) { return append(value, of: line, key: Self.ownPrefix + path[start...], from: 0) }
    let key = path.span.extracting(start...)
    switch value {
    case .bool(let bool, _): append(key: key, bool: bool)
    case .string(let token) where !token.hasEscapes: append(key: key, text: line.extracting(token.range))
    case .string(let token):
      var text: [UInt8] = []
      JSONString.append(token, of: line, to: &text)
      append(key: key, text: text.span)
    case .number(let token):
      let digits = line.extracting(token.range)
      if token.isInteger, let int = JSONNumber.integer(digits) {
        append(key: key, int: int)
      } else if !token.isInteger, let double = JSONNumber.double(digits) {
        append(key: key, double: double)
      } else {
        append(key: key, string: digits)
      }
    case .container(let range): append(key: key, text: line.extracting(range))
    case .null: break
    }
  }

  private static let ownPrefix = Array("logged.".utf8)

  private func isReserved(_ key: ArraySlice<UInt8>) -> Bool {
    for reserved in reservedKeys where reserved.count == key.count && key.elementsEqual(reserved) { return true }
    return false
  }

  private mutating func append(key: Span<UInt8>, text: Span<UInt8>) {
    if UTF8Validation.isValid(text) { return append(key: key, string: text) }
    append(key: key, string: Array(String(repairing: text).utf8).span)
  }
}
