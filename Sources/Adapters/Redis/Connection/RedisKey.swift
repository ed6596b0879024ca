/// A key. With Redis Cluster its first part in braces decides on which server it lies.
struct RedisKey: Hashable, Sendable {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }
}
