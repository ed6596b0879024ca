/// Collects a target and fields from the parser's spans, which may be cut at any byte, within limits.
struct HTTP1HeadBuilder {
  private struct Field {
    var nameStart: Int
    var valueStart: Int
    var end: Int
  }

  private let limits: HTTPHeadLimits
  private var bytes: [UInt8] = []
  private var targetCount = 0
  private var fields: [Field] = []
  private var isFieldOpen = false

  init(limits: HTTPHeadLimits) {
    self.limits = limits
  }

  /// - Returns: The status to refuse with, if a limit is passed. The same for the others.
  mutating func addTarget(_ span: UnsafeRawBufferPointer) -> Int? {
    unsafe bytes.append(contentsOf: span)
    targetCount += span.count
    return targetCount > limits.maxTargetBytes ? 414 : nil
  }

  mutating func addName(_ span: UnsafeRawBufferPointer) -> Int? {
    if !isFieldOpen {
      isFieldOpen = true
      fields.append(Field(nameStart: bytes.count, valueStart: bytes.count, end: bytes.count))
      if fields.count > limits.maxFields { return 431 }
    }
    unsafe add(span)
    fields[fields.count - 1].valueStart = bytes.count
    return tooLong
  }

  mutating func addValue(_ span: UnsafeRawBufferPointer) -> Int? {
    // A value without a name, or a second one behind a fold.
    if !isFieldOpen { return 400 }
    unsafe add(span)
    return tooLong
  }

  /// Comes also for empty values, for which llhttp has no span.
  mutating func endField() -> Int? {
    defer { isFieldOpen = false }
    return isFieldOpen ? nil : 400
  }

  private mutating func add(_ span: UnsafeRawBufferPointer) {
    unsafe bytes.append(contentsOf: span)
    fields[fields.count - 1].end = bytes.count
  }

  private var tooLong: Int? { bytes.count - targetCount > limits.maxHeaderBytes ? 431 : nil }

  /// Nil if the target is not UTF-8.
  var target: String? { text(0..<targetCount) }

  /// Names in lower case, values without white space at their end; nil if a value is not UTF-8 or a name is empty.
  func makeFields() -> HTTPFields? {
    var result = HTTPFields()
    for field in fields {
      if field.nameStart == field.valueStart { return nil }
      let name = bytes[field.nameStart..<field.valueStart].map { Self.lowercased($0) }
      var end = field.end
      while end > field.valueStart, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") {
        end -= 1
      }
      guard let name = String(validating: name, as: UTF8.self), let value = text(field.valueStart..<end) else {
        return nil
      }
      result.append(name, value)
    }
    return result
  }

  private func text(_ range: Range<Int>) -> String? { String(validating: bytes[range], as: UTF8.self) }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
