import Domain

/// Writes JSON text (RFC 8259) straight into bytes: no tree, no `String` per value.
///
/// Commas are put by the writer; that every object and array is ended, and that objects get keys, is the caller's part.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  init(reservingBytes count: Int = 0) {
    bytes.reserveCapacity(count)
  }

  /// Hands over what was written; what follows continues the same text.
  mutating func drain() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  mutating func beginObject() { open(UInt8(ascii: "{")) }
  mutating func endObject() { close(UInt8(ascii: "}")) }

  mutating func beginArray() { open(UInt8(ascii: "[")) }
  mutating func endArray() { close(UInt8(ascii: "]")) }

  /// An array of strings.
  mutating func strings(_ texts: [String]) {
    beginArray()
    for text in texts { string(text) }
    endArray()
  }

  /// Makes a fresh writer go on with an array that another one began and that has elements.
  mutating func continueArray() { needsComma = true }

  /// A key that needs no escaping: ours are plain words.
  mutating func key(_ name: String) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(name.utf8.span)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// A key of somebody else's choosing.
  mutating func key(escaping name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func null() { raw("null") }

  mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

  mutating func integer(_ value: some FixedWidthInteger) {
    separate()
    appendDigits(value)
    needsComma = true
  }

  /// JSON has no word for what is not finite: those become the strings of protobuf's JSON mapping.
  mutating func double(_ value: Double) {
    if value.isFinite {
      raw("\(value)")  // the shortest text that reads as the same number
    } else {
      string(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
    }
  }

  mutating func string(_ text: String) {
    _ = string(text.utf8.span)
  }

  /// Writes bytes as text, with U+FFFD for each ill-formed sequence.
  ///
  /// - Returns: Whether they were well-formed UTF-8, so that the text says all of them.
  mutating func string(_ text: Span<UInt8>) -> Bool {
    separate()
    needsComma = true
    let start = bytes.count
    bytes.append(UInt8(ascii: "\""))
    let isWellFormed = bytes.appendEscaped(text)
    if !isWellFormed {
      bytes.removeSubrange((start + 1)...)
      _ = bytes.appendEscaped(String(repairing: text).utf8.span)
    }
    bytes.append(UInt8(ascii: "\""))
    return isWellFormed
  }

  /// A string whose text `body` appends; it must need no escaping.
  mutating func plainString(_ body: (inout [UInt8]) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    body(&bytes)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// A 64-bit integer as a string: not every reader's numbers hold one (RFC 8259 section 6).
  mutating func integerString(_ value: some FixedWidthInteger) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    appendDigits(value)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(text.utf8.span)
    needsComma = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func appendDigits<Value: FixedWidthInteger>(_ value: Value) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = UInt64(value.magnitude)
    var low = bytes.count
    repeat {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    // By hand: reversing a slice would copy the whole buffer.
    var high = bytes.count - 1
    while low < high {
      bytes.swapAt(low, high)
      low += 1
      high -= 1
    }
  }
}
