/// Reads events from lines that are one JSON object each.
///
///     try scanner.scan(line)                              // what the line says, or why it says nothing
///     let columns = streams[scanner.service]              // …
///     scanner.append(line, to: &columns, index: …)
///
/// In two steps, since the service, which may come last, decides which batch the event belongs to. Values are read where
/// they lie; an instance keeps its buffers from line to line, so that a line costs no allocation.
///
/// - A field that `JSONLineFields` names becomes that part of the event; all others become attributes.
/// - Objects are flattened, keys joined by dots; those of the top-level object `attributes` stand without that prefix.
/// - Arrays become attributes with their JSON text, integers beyond 64 bits and infinite numbers likewise; null is left out.
/// - A message that is no text is its JSON text. A trace or span id of another form stays an attribute.
/// - Of two values of one key the later one counts, as with most JSON parsers: `losesValue` tells.
/// - Message bytes are kept whatever they are; keys, other texts and levels get U+FFFD for ill-formed UTF-8.
package struct JSONLineScanner: Sendable {
  let table: JSONFieldTable
  let names: JSONLineFields
  let defaultService: [UInt8]?
  /// The event of the line scanned last; `attributes` is the rest of it.
  var event = ScannedEvent()
  var attributes = AttributeList()
  var levels = SeverityCache()
  /// Whether the time of the line scanned last is that of the fallback.
  var lacksTime = false
  /// Whether a field stands twice in the line scanned last: then what it says first is in no part of the event.
  private(set) var repeatsField = false
  /// The field that counts for each role, by the role's number.
  private(set) var found = [FoundField?](repeating: nil, count: JSONLineFields.Role.allCases.count)
  /// The key being read with those of the objects around it, joined by dots.
  private var path: [UInt8] = []

  /// - Parameter defaultService: For lines that name none; nil to refuse them.
  package init(fields: JSONLineFields = JSONLineFields(), defaultService: ServiceName? = nil) {
    names = fields
    table = JSONFieldTable(fields)
    self.defaultService = defaultService.map { Array($0.text.utf8) }
  }

  /// Reads a line, without its end; a byte order mark before it is passed over.
  package mutating func scan(_ line: Span<UInt8>) throws(JSONLineError) { try scan(line, fallback: nil) }

  /// - Parameter fallback: What to do about a time or a service that is missing or not what it must be; nil to refuse.
  mutating func scan(_ line: Span<UInt8>, fallback: JSONLineFallback?) throws(JSONLineError) {
    attributes.removeAll()
    path.removeAll(keepingCapacity: true)
    for role in found.indices { found[role] = nil }
    repeatsField = false
    var offset = line.count >= 3 && line[0] == 0xef && line[1] == 0xbb && line[2] == 0xbf ? 3 : 0
    JSONText.skipSpace(line, &offset)
    guard offset < line.count, line[offset] == UInt8(ascii: "{") else {
      throw JSONLineError(.notJSON, at: offset, "expected '{': a line is one JSON object")
    }
    try object(line, &offset, Level(depth: 1, keyStart: 0, nameStart: 0))
    JSONText.skipSpace(line, &offset)
    guard offset == line.count else {
      throw JSONLineError(.notJSON, at: offset, "something follows the object: a line is one JSON object")
    }
    try resolve(line, fallback)
  }

  /// Bytes of the service that the line names, else of the one given as the default.
  package var service: [UInt8] { event.service }

  /// Whether the line has a key twice, so that a value of it is in no part of the event.
  var losesValue: Bool { repeatsField || attributes.hasReplaced }

  /// At most how many bytes the event takes in an encoded batch, whatever the wire.
  package var maximumEncodedBytes: Int {
    // 96: time, ids, numbers and the lengths around them. 16 an attribute: its lengths and tags.
    return 96 + event.messageBytes + event.severityText.count + attributes.bytes.count + 16 * attributes.count
  }

  /// Adds the event that was scanned last; `line` must be the line it was scanned from.
  package func append(_ line: Span<UInt8>, to columns: inout EventColumns, index: UInt32) {
    columns.appendAttributes(encoded: attributes.bytes.span)
    switch event.message {
    case .line(let range): event.end(line.extracting(range), &columns, index)
    case .unescaped: event.end(event.unescapedMessage.span, &columns, index)
    }
  }

  /// Where in a line's objects a key stands.
  private struct Level {
    /// 1 for the keys of the line's own object.
    let depth: Int
    /// `path` up to here holds the keys around it and a dot.
    let keyStart: Int
    /// Names of attributes are `path` from here on.
    let nameStart: Int
  }

  /// One object; `offset` is at its brace.
  private mutating func object(_ line: Span<UInt8>, _ offset: inout Int, _ level: Level) throws(JSONLineError) {
    guard level.depth <= JSONText.maximumDepth else { throw JSONText.tooDeep(at: offset) }
    try JSONText.expect(UInt8(ascii: "{"), line, &offset)
    if offset < line.count, line[offset] == UInt8(ascii: "}") {
      offset &+= 1
      return
    }
    while true {
      guard offset < line.count, line[offset] == UInt8(ascii: "\"") else { throw JSONText.noKey(line, at: offset) }
      let key = try JSONText.string(line, &offset)
      JSONText.skipSpace(line, &offset)
      try JSONText.expect(UInt8(ascii: ":"), line, &offset)
      try member(key, line, &offset, level)
      JSONText.skipSpace(line, &offset)
      guard offset < line.count, line[offset] == UInt8(ascii: ",") else { break }
      offset &+= 1
      JSONText.skipSpace(line, &offset)
    }
    guard offset < line.count, line[offset] == UInt8(ascii: "}") else {
      throw JSONText.notClosed(line, at: offset, isObject: true)
    }
    offset &+= 1
  }

  /// The value of a key. `path` gets the key only if an attribute is named by it.
  private mutating func member(
    _ key: JSONText.StringToken, _ line: Span<UInt8>, _ offset: inout Int, _ level: Level
  ) throws(JSONLineError) {
    let field = field(key, line, level)
    let isMessage = field >= 0 && table.fields[field].role == .message
    if offset < line.count, line[offset] == UInt8(ascii: "{"), !isMessage {
      append(key, of: line, level)
      path.append(UInt8(ascii: "."))
      let nameStart = level.depth == 1 && path == Self.prefix ? path.count : level.nameStart
      let inner = Level(depth: level.depth + 1, keyStart: path.count, nameStart: nameStart)
      return try object(line, &offset, inner)
    }
    let value = try JSONValue(line, &offset)
    if value.isNull { return }
    if field >= 0, value.isScalar || isMessage {
      note(FoundField(field: field, value: value), in: line)
    } else if !isAddress(key, line, level) {
      append(key, of: line, level)
      attributes.append(value, of: line, key: path, from: level.nameStart)
    }
  }

  /// Whether a key says where journald keeps the entry and not what the entry says.
  private func isAddress(_ key: JSONText.StringToken, _ line: Span<UInt8>, _ level: Level) -> Bool {
    guard names.dialect == .journald, level.depth == 1, key.range.count > 2 else { return false }
    return line[key.range.lowerBound] == UInt8(ascii: "_") && line[key.range.lowerBound + 1] == UInt8(ascii: "_")
  }

  /// Attributes that a sender already calls so need no prefix that says so.
  private static let prefix = Array("attributes.".utf8)

  /// Which of the fields looked for a key is, or -1. Keys of the line's own object are looked up where they lie.
  private mutating func field(_ key: JSONText.StringToken, _ line: Span<UInt8>, _ level: Level) -> Int {
    if level.depth == 1, !key.hasEscapes { return table.field(line.extracting(key.range)) }
    guard level.depth == 1 || table.hasPaths else { return -1 }
    append(key, of: line, level)
    return table.field(path.span)
  }

  /// Ends `path` with a key.
  private mutating func append(_ key: JSONText.StringToken, of line: Span<UInt8>, _ level: Level) {
    path.removeLast(path.count - level.keyStart)
    JSONString.append(key, of: line, to: &path)
    JSONString.repair(&path, from: level.keyStart)
  }

  /// Keeps the best field of each role; what it displaces, or what is worse, becomes an attribute.
  private mutating func note(_ field: FoundField, in line: Span<UInt8>) {
    let role = table.fields[field.field].role.rawValue
    guard let known = found[role], known.field != field.field else {
      repeatsField = repeatsField || found[role] != nil
      found[role] = field
      return
    }
    // The table lists the fields of a role by rank.
    let isBetter = field.field < known.field
    if isBetter { found[role] = field }
    demote(isBetter ? known : field, in: line)
  }

  /// Makes an attribute of a field after all.
  mutating func demote(_ field: FoundField, in line: Span<UInt8>) {
    attributes.append(field.value, of: line, key: table.fields[field.field].name, from: 0)
  }
}
