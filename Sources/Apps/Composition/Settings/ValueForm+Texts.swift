extension ValueForm where Value == String {
  /// Any text but an empty one; `placeholder` and `expectation` say what of.
  package static func text(_ placeholder: String, _ expectation: String = "a text that is not empty") -> Self {
    ValueForm(placeholder: placeholder, expectation: expectation, parse: { $0.isEmpty ? nil : $0 }, text: { $0 })
  }

  /// A file or folder, absolute or from the working folder. Whether it is there is for its user to find out.
  package static var path: Self {
    ValueForm(
      placeholder: "PATH", expectation: "a path", parse: { $0.isEmpty || $0.utf8.contains(0) ? nil : $0 }, text: { $0 })
  }
}

extension ValueForm where Value == Secret {
  /// A text that neither help nor an error repeats.
  package static var secret: Self {
    ValueForm(
      placeholder: "SECRET", expectation: "a text that is not empty", isSecret: true,
      parse: { $0.isEmpty ? nil : Secret($0) }, text: { $0.description })
  }
}

extension ValueForm where Value == [HostPort] {
  /// One or more servers, separated by commas. Not empty.
  package static var hostPorts: Self {
    ValueForm(
      placeholder: "HOST:PORT[,…]", expectation: "one or more of host:port, separated by commas",
      parse: { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let servers = parts.compactMap { HostPort($0.trimmingPrefix { $0 == " " }.description) }
        return servers.count == parts.count ? servers : nil
      }, text: { $0.map(\.description).joined(separator: ",") })
  }
}

extension ValueForm where Value == Bool {
  /// On by its flag alone (`--follow`), off by `--follow=false`; in the environment one of the words below.
  package static var onOff: Self {
    ValueForm(
      placeholder: nil, expectation: "true or false", choices: ["true", "false"],
      parse: { text in
        switch text.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0": false
        default: nil
        }
      }, text: { $0 ? "true" : "false" })
  }
}

extension ValueForm where Value: CaseIterable & RawRepresentable<String> {
  /// One word of an enumeration, in any case.
  package static var choice: Self {
    let words = Value.allCases.map(\.rawValue)
    return ValueForm(
      placeholder: words.joined(separator: "|"), expectation: oneOf(words), choices: words,
      parse: { text in Value.allCases.first { $0.rawValue.lowercased() == text.lowercased() } }, text: { $0.rawValue })
  }
}

/// `a`, `a or b`, `a, b or c`.
func oneOf(_ words: [String]) -> String {
  guard words.count > 1, let last = words.last else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
