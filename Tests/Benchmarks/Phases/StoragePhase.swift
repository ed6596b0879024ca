import Domain
import ZstdAdapter

/// What the objects take on disk, beside the same events as text and that text compressed.
struct StoragePhase: Sendable {
  private static let group = "disk"
  /// `zstd -3` on a file has a window of 2 MiB: blocks of this size lose next to nothing against one stream.
  private static let blockBytes = 32 << 20

  let workload: Workload

  func run(objects: Int) -> [Figure] {
    let zstd = ZstdCompression(level: 3)
    var raw = 0
    var compressed = 0
    var text: [UInt8] = []
    var block: [UInt8] = []
    for (index, batch) in workload.batches.enumerated() {
      RawText.append(batch, to: &text)
      guard text.count >= Self.blockBytes || index == workload.batches.count - 1 else { continue }
      block.removeAll(keepingCapacity: true)
      zstd.compress(text.span, to: &block)
      raw += text.count
      compressed += block.count
      text.removeAll(keepingCapacity: true)
    }
    let events = Double(workload.eventCount)
    return [
      Figure(Self.group, "an event as a line of text", Double(raw) / events, .bytes),
      Figure(Self.group, "an event in objects", Double(objects) / events, .bytes),
      Figure(Self.group, "an event in that text under zstd -3", Double(compressed) / events, .bytes),
      Figure(Self.group, "text to objects", Double(raw) / Double(max(1, objects)), .ratio),
      Figure(Self.group, "zstd -3 to objects", Double(compressed) / Double(max(1, objects)), .ratio),
    ]
  }
}
