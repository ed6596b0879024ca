/// What one server takes before it refuses, and how long it waits. Time-outs have a grain of 250 ms.
package struct HTTPServerLimits: Sendable {
  package var http2 = HTTP2Settings()

  /// Bytes of path and query; beyond: 414. 16 KiB, twice what browsers and proxies let through.
  package var maxTargetBytes = 16 << 10
  /// Bytes of names and values of a request's fields (HTTP/2 counts 32 more a field); beyond: 431.
  package var maxHeaderBytes = 32 << 10
  /// Fields of a request; beyond: 431.
  package var maxFields = 100
  /// Open connections; beyond: accepted and closed at once, counted as refused. Each costs 2 to 15 KiB idle.
  package var maxConnections = 10_000
  /// Handlers that may still run on one connection, also for streams that the client has reset: without it a client that
  /// opens and resets (rapid reset) starts as many as it likes. Beyond: REFUSED_STREAM.
  package var maxLiveHandlersPerConnection = 256
  /// From a request's first byte to the end of its head; also from the connection's start to its first byte.
  package var headerTimeout = Duration.seconds(10)
  /// A connection without a request; PINGs do not count.
  package var idleTimeout = Duration.seconds(60)
  /// HTTP/1.1 bodies: bytes a second over each `bodyRateWindow` in which the server wanted to read. Slower: 408. Streams
  /// of HTTP/2 may rest; there TCP keepalive finds peers that are gone.
  package var minBodyBytesPerSecond = 1000
  package var bodyRateWindow = Duration.seconds(5)
  /// Bytes of an answer wait and the client takes none.
  package var writeStallTimeout = Duration.seconds(30)
  /// HTTP/1.1: what an answer before the end of the body still reads, so that the client sees the answer and no reset.
  package var lingerTimeout = Duration.seconds(5)
  package var maxLingerBytes = 64 << 20

  package init() {}

  var head: HTTPHeadLimits {
    HTTPHeadLimits(maxTargetBytes: maxTargetBytes, maxHeaderBytes: maxHeaderBytes, maxFields: maxFields)
  }

  func check() throws(TransportError) {
    try http2.check()
    let counts = [
      ("maxTargetBytes", maxTargetBytes), ("maxHeaderBytes", maxHeaderBytes), ("maxFields", maxFields),
      ("maxConnections", maxConnections), ("maxLiveHandlersPerConnection", maxLiveHandlersPerConnection),
    ]
    for (name, value) in counts where value < 1 { throw .misuse(detail: "\(name) is \(value): expected at least 1") }
    for (name, value) in [("minBodyBytesPerSecond", minBodyBytesPerSecond), ("maxLingerBytes", maxLingerBytes)]
    where value < 0 {
      throw .misuse(detail: "\(name) is \(value): expected 0 or more")
    }
    let times = [
      ("headerTimeout", headerTimeout), ("idleTimeout", idleTimeout), ("bodyRateWindow", bodyRateWindow),
      ("writeStallTimeout", writeStallTimeout), ("lingerTimeout", lingerTimeout),
    ]
    for (name, value) in times where value <= .zero {
      throw .misuse(detail: "\(name) is \(value): expected more than nothing")
    }
  }
}
