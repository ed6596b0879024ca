/// A command with its arguments, or the call of a script.
struct RedisCommand: Sendable {
  enum Head: Sendable {
    case name(String)
    case script(RedisScript)
  }

  let head: Head
  /// For a script: its one key first.
  private(set) var arguments: [[UInt8]]

  init(_ name: String, arguments: [[UInt8]]) {
    head = .name(name)
    self.arguments = arguments
  }

  init(_ name: String, _ arguments: [UInt8]...) {
    head = .name(name)
    self.arguments = arguments
  }

  init(_ name: String, _ key: RedisKey, _ arguments: [[UInt8]] = []) {
    head = .name(name)
    self.arguments = [key.bytes] + arguments
  }

  init(_ script: RedisScript, _ key: RedisKey, _ arguments: [[UInt8]] = []) {
    head = .script(script)
    self.arguments = [key.bytes] + arguments
  }

  /// Appends it as the server reads it: a count, then each argument with its length.
  ///
  /// - Parameter digests: What the server knows its scripts by.
  func encode(into bytes: inout [UInt8], digests: [RedisScript: [UInt8]]) {
    let words: [[UInt8]]
    switch head {
    case .name(let name): words = [Array(name.utf8)]
    case .script(let script): words = [Array("EVALSHA".utf8), digests[script] ?? [], [UInt8(ascii: "1")]]
    }
    Self.append(UInt8(ascii: "*"), words.count + arguments.count, to: &bytes)
    for word in words { Self.append(word, to: &bytes) }
    for argument in arguments { Self.append(argument, to: &bytes) }
  }

  private static func append(_ argument: [UInt8], to bytes: inout [UInt8]) {
    append(UInt8(ascii: "$"), argument.count, to: &bytes)
    bytes.append(contentsOf: argument)
    bytes.append(contentsOf: "\r\n".utf8)
  }

  private static func append(_ mark: UInt8, _ count: Int, to bytes: inout [UInt8]) {
    bytes.append(mark)
    bytes.append(decimal: count)
    bytes.append(contentsOf: "\r\n".utf8)
  }
}

extension [UInt8] {
  mutating func append(decimal value: some BinaryInteger) { append(contentsOf: String(value).utf8) }

  /// A number as Redis takes one.
  init(decimal value: some BinaryInteger) { self = Array(String(value).utf8) }
}
