import Glibc

/// The time of day as the `Date` field wants it (RFC 9110 section 5.6.7): `Tue, 24 Nov 2026 13:37:06 GMT`.
enum HTTPDate {
  static func now() -> String {
    var seconds = time(nil)
    var parts = unsafe tm()
    unsafe gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 64)
    // In the C locale, which is a process's own until it calls setlocale.
    let length = unsafe strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
    return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
