import Domain
import Foundation
import Testing

@Suite("JSON line scanner beside Foundation's", .timeLimit(.minutes(2)))
struct JSONDifferentialTests {
  @Test("reads random documents alike", arguments: 0..<40)
  func documents(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<50 {
      let text = RandomJSON.document(&random)
      let context: Comment = "seed \(seed), round \(round): \(String(decoding: text, as: UTF8.self))"
      let foundation = try #require(JSONSerialization.jsonObject(with: Data(text)) as? [String: Any], context)
      let ours = try ScannedLine(Array(#"{"ts":1,"msg":"","d":"#.utf8) + text + Array("}".utf8))
      let expected = Self.flattened(foundation, "d.")
      let found = Dictionary(uniqueKeysWithValues: ours.event.attributes.map { ($0.key, $0.value) })
      #expect(Set(found.keys) == Set(expected.keys), context)
      for (key, value) in expected { #expect(Self.isSame(found[key], value), "\(key) in \(context)") }
    }
  }

  @Test("takes and refuses the same documents after random damage", arguments: 0..<40)
  func damage(seed: UInt64) throws {
    var random = SeededGenerator(seed: 1_000 + seed)
    for round in 0..<100 {
      var text = RandomJSON.document(&random)
      for _ in 0..<Int.random(in: 1...3, using: &random) { RandomJSON.damage(&text, &random) }
      // What ours takes on purpose and Foundation does not: ill-formed UTF-8, surrogates alone, infinite numbers.
      guard let whole = String(validating: text, as: UTF8.self), !whole.contains(/\\u[dD]|[eE]\+?[0-9]{3}/) else {
        continue
      }
      let isTaken = (try? JSONSerialization.jsonObject(with: Data(text))) is [String: Any]
      let error = try ScannedLine.error(text)
      let isOurs = error.map { $0.problem != .notJSON } ?? true
      #expect(isOurs == isTaken, "seed \(1_000 + seed), round \(round): \(String(decoding: text, as: UTF8.self))")
    }
  }

  /// Foundation's values under the keys that ours have.
  private static func flattened(_ object: [String: Any], _ prefix: String) -> [String: Any] {
    var flat: [String: Any] = [:]
    for (key, value) in object {
      if let inner = value as? [String: Any] {
        flat.merge(flattened(inner, prefix + key + ".")) { _, new in new }
      } else if !(value is NSNull) {
        flat[prefix + key] = value
      }
    }
    return flat
  }

  private static func isSame(_ ours: AttributeValue?, _ theirs: Any) -> Bool {
    switch ours {
    case .bool(let bool): (theirs as? NSNumber).map { $0.boolValue == bool } ?? false
    case .int(let int): (theirs as? NSNumber)?.int64Value == int
    // Foundation goes by way of a decimal number and misses the nearest double now and then.
    case .double(let double): (theirs as? NSNumber).map { abs($0.doubleValue - double) <= 1e-13 * abs(double) } ?? false
    case .string(let text):
      if let array = theirs as? [Any] {
        // An array is kept as the text it had.
        ((try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [Any]).map {
          NSArray(array: $0) == NSArray(array: array)
        } ?? false
      } else {
        theirs as? String == text
      }
    case nil: false
    }
  }
}
