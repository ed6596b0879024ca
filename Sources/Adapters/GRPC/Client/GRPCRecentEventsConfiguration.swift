package import Transport

/// How processors are found and asked about recent events, and how long that may take.
package struct GRPCRecentEventsConfiguration: Sendable {
  /// What the processors know too; nil where they listen on loopback only.
  package let secret: ClusterSecret?
  /// How long what the directory said is used. A partition that moves is looked for anew at once when nobody whom it named
  /// answers.
  package var lookupLifetime = Duration.seconds(1)
  /// Between two look-ups, whatever the reason: questions about a partition without owner ask the directory no more often.
  package var lookupPause = Duration.milliseconds(100)
  /// How long the directory may take; after that what it said before is tried.
  package var lookupDeadline = Duration.seconds(1)
  /// What a question may take beyond its patience: connecting, and the answer's way here.
  package var margin = Duration.seconds(2)
  /// After a connection could not be made: until then further questions to that processor fail at once.
  package var connectPause = Duration.milliseconds(200)
  /// Connections that are kept, one a processor; the one that was used least recently is given up for another one.
  package var maximumConnections = 64
  /// Bytes of records of one answer. Above what a partition has in memory by default (64 MiB), with room for processors that
  /// were given more; a larger one is refused before it is here.
  package var maximumAnswerBytes = 256 << 20
  /// A processor that is gone without a word is noticed within 4 seconds, one that cannot be connected to within 1.
  package var http2: HTTP2ClientConfiguration

  package init(secret: ClusterSecret?) {
    self.secret = secret
    http2 = HTTP2ClientConfiguration()
    http2.connectTimeout = .seconds(1)
    http2.keepaliveInterval = .seconds(2)
    http2.keepaliveTimeout = .seconds(2)
  }
}
