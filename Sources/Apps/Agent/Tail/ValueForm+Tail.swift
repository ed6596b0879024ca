import Composition
import Domain
import Transport

extension ValueForm where Value == [String] {
  /// Patterns of paths, separated by commas.
  static var pathPatterns: Self {
    ValueForm(
      placeholder: "PATTERN[,…]", expectation: "patterns of paths, separated by commas",
      parse: { text in
        let patterns = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return patterns.allSatisfy { !$0.isEmpty } ? patterns : nil
      }, text: { $0.joined(separator: ",") })
  }
}

extension ValueForm where Value == [Attribute] {
  /// Texts that go with every event: `env=prod,region=eu-west-1`.
  static var attributes: Self {
    ValueForm(
      placeholder: "KEY=VALUE[,…]", expectation: "attributes like env=prod,region=eu, each key once",
      parse: { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let attributes = parts.compactMap { part -> Attribute? in
          guard let equals = part.firstIndex(of: "="), equals > part.startIndex else { return nil }
          return Attribute(key: String(part[..<equals]), value: .string(String(part[part.index(after: equals)...])))
        }
        return attributes.count == parts.count && Set(attributes.map(\.key)).count == parts.count ? attributes : nil
      },
      text: { attributes in
        attributes.map { attribute in
          guard case .string(let text) = attribute.value else { return attribute.key }
          return "\(attribute.key)=\(text)"
        }.joined(separator: ",")
      })
  }
}

extension ValueForm where Value == String {
  /// An address of this machine to listen on.
  static var address: Self {
    ValueForm(
      placeholder: "ADDRESS", expectation: "an IPv4 or IPv6 address",
      parse: { HTTPServerConfiguration.isAddress($0) ? $0 : nil }, text: { $0 })
  }
}

extension ValueForm where Value == FileNamePattern {
  static var fileNamePattern: Self {
    ValueForm(
      placeholder: "PATTERN", expectation: "a pattern with names in braces, like {service}-{instance}.log",
      parse: { text in
        do throws(FileNamePatternError) { return try FileNamePattern(text) } catch { return nil }
      }, text: { $0.text })
  }
}

extension ValueForm where Value == MultilineChoice {
  static var multiline: Self {
    ValueForm(
      placeholder: "indentation|PATTERN",
      expectation: "indentation, or a regular expression that the first line of each event matches",
      parse: { text in text.isEmpty ? nil : text == "indentation" ? .indentation : .start(text) }, text: { $0.text })
  }
}

extension ValueForm where Value == Int {
  /// A time zone, in seconds east of UTC: `UTC`, `+02:00`, `-0530`.
  static var zone: Self {
    ValueForm(
      placeholder: "ZONE", expectation: "UTC, or an offset like +02:00",
      parse: { text in
        if ["UTC", "Z", "utc", "z"].contains(text) { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard digits.count == 4, let number = Int(digits), digits.allSatisfy(\.isASCII), number % 100 < 60,
          number / 100 <= 18, text.utf8.count == 5 || text.dropFirst(3).first == ":"
        else { return nil }
        let seconds = (number / 100 * 60 + number % 100) * 60
        return sign == "-" ? -seconds : seconds
      },
      text: { seconds in
        if seconds == 0 { return "UTC" }
        let minutes = seconds.magnitude / 60
        let parts = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(seconds < 0 ? "-" : "+")\(parts[0]):\(parts[1])"
      })
  }
}
