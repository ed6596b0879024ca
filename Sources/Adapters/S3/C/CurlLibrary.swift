import Ccurl

/// What libcurl needs once a process, before its first handle.
enum CurlLibrary {
  /// `curl_global_init` may be called by any thread since 7.84, if nothing else uses libcurl meanwhile: a `static let` runs
  /// once (https://curl.se/libcurl/c/curl_global_init.html).
  static let isReady: Bool = curl_global_init(everything) == CURLE_OK

  /// `CURL_GLOBAL_ALL`, a macro of two others that Swift does not import: SSL and WIN32.
  private static let everything = 3
}
