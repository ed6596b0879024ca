/// The protocols that a server answers.
package struct HTTPProtocols: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let http1 = HTTPProtocols(rawValue: 1)
  /// With prior knowledge (RFC 9113 section 3.3): the client begins with the preface.
  package static let http2 = HTTPProtocols(rawValue: 2)
  package static let all: HTTPProtocols = [.http1, .http2]
}
