import Glibc

enum Descriptor {
  /// For types that have a `close` of their own.
  static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }
}
