/// One request, ready to be sent.
struct HTTPRequest: Sendable {
  enum Method: String, Sendable { case get = "GET", put = "PUT", post = "POST", delete = "DELETE" }

  var method: Method
  /// Percent-encoded already; `http` or `https`.
  var url: String
  /// Sent in this order. A name stands once; `Host` is among them where it was signed.
  var headers: [HTTPHeader] = []
  /// Sent with its length; nil sends none, an empty one `Content-Length: 0`.
  var body: ArraySlice<UInt8>?
  /// From the call on: waiting for a connection is in it.
  var timeout: Duration
  /// A successful answer of more bytes is `.tooLarge`; an unsuccessful one is cut at `HTTPResponse.errorBytes`.
  var responseLimit: Int
  /// Also where the environment names a proxy: for addresses that only this machine can reach.
  var bypassesProxies = false
}
