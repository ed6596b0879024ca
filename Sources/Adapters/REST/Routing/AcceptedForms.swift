import Transport

/// What a client says that it can show and unpack (RFC 9110 sections 12.5.1 and 12.5.3), as far as we offer a choice.
struct AcceptedForms {
  /// It asks for HTML by name, as browsers do. Not by a wildcard, which is what `curl` sends.
  let takesPages: Bool
  let takesGzip: Bool

  init(_ fields: HTTPFields) {
    takesPages = Self.names("text/html", in: fields.all("accept"))
    takesGzip = Self.names("gzip", in: fields.all("accept-encoding"))
  }

  /// Whether an element of a list is `name`, with a weight that is not 0.
  private static func names(_ name: String, in lists: [String]) -> Bool {
    lists.flatMap { $0.split(separator: ",") }.contains { element in
      let parts = element.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
      let isRefused = parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
      return parts.first == name && !isRefused
    }
  }
}
