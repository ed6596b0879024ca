import Glibc

/// Texts of error numbers.
@safe
enum SystemErrors {
  static func text(_ code: Int32) -> String {
    // strerror is safe to call from several threads since glibc 2.32.
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
