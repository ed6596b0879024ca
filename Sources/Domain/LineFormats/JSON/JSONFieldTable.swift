/// `JSONLineFields` made ready to be looked up by key bytes.
struct JSONFieldTable: Sendable {
  struct Field: Sendable {
    let role: JSONLineFields.Role
    /// Position in the role's list: the lowest one that a line has counts.
    let rank: Int
    let name: [UInt8]
    /// What a timestamp of this name counts, if the name says so.
    let unit: EpochTime.Unit?
  }

  let fields: [Field]
  /// Whether keys inside objects have to be looked up at all.
  let hasPaths: Bool
  /// Field at each hash, or none (-1); fields of one hash follow `next`.
  private var heads = [Int8](repeating: -1, count: 64)
  private var next: [Int8] = []

  init(_ names: JSONLineFields) {
    fields = JSONLineFields.Role.allCases.flatMap { role in
      names[role].enumerated().map { rank, name in
        Field(role: role, rank: rank, name: Array(name.utf8), unit: EpochTime.Unit(suffixOf: name))
      }
    }
    precondition(fields.count <= Int(Int8.max), "over \(Int8.max) names of fields")
    hasPaths = fields.contains { $0.name.contains(UInt8(ascii: ".")) }
    for (index, field) in fields.enumerated() {
      let hash = Self.hash(field.name.span)
      next.append(heads[hash])
      heads[hash] = Int8(index)
    }
  }

  /// The index in `fields` of the one called `key`, or -1.
  func field(_ key: Span<UInt8>) -> Int {
    var index = Int(heads[Self.hash(key)])
    while index >= 0 {
      if isEqual(fields[index].name, key) { return index }
      index = Int(next[index])
    }
    return -1
  }

  /// Length and both ends tell short English words apart well enough.
  private static func hash(_ key: Span<UInt8>) -> Int {
    guard key.count > 0 else { return 0 }
    return (key.count &+ 7 &* Int(key[0]) &+ 13 &* Int(key[key.count &- 1])) & 63
  }

  private func isEqual(_ left: [UInt8], _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count where left[offset] != right[offset] { return false }
    return true
  }
}
