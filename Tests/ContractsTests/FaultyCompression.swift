import BlockCompressionContract
import Domain
import Synchronization

/// A codec small enough to be seen right, and the ways in which it can be made wrong.
///
///     CRC-32C of the content (4 bytes), its count (4), mode (1: 0 stored, 1 one byte repeated), the content or the byte
struct FaultyCompression: BlockCompression {
  enum Fault: String, CaseIterable {
    case losesTheLastByte, replacesTheOutput, saltsTheBlock, storesOnly, forgetsEmptyBlocks, stopsAtAMegabyte, pads
    case fillsUpWhatIsMissing, ignoresWhatFollows, skipsTheChecksum, takesForeignBytes, ignoresTheCount
    case takesMemoryFirst, leavesHalfBehind, isNotReentrant

    var broken: [BlockCompressionPromise] {
      switch self {
      case .losesTheLastByte: [.readsBackWhatWasWritten]
      case .replacesTheOutput: [.appendsBehindWhatIsThere]
      case .saltsTheBlock: [.isDeterministic]
      case .storesOnly: [.repetitionBecomesSmall]
      case .forgetsEmptyBlocks: [.emptyInputIsABlock]
      case .stopsAtAMegabyte: [.largeInputIsABlock]
      case .pads: [.noiseHardlyGrows]
      case .fillsUpWhatIsMissing: [.truncatedIsCorrupt]
      case .ignoresWhatFollows: [.trailingBytesAreCorrupt]
      case .skipsTheChecksum: [.flippedBitNeverGivesOtherContent]
      case .takesForeignBytes: [.foreignBytesAreCorrupt]
      case .ignoresTheCount: [.wrongCountIsCorrupt]
      case .takesMemoryFirst: [.impossibleCountIsRefusedAtOnce]
      case .leavesHalfBehind: [.damageLeavesTheOutputAlone]
      case .isNotReentrant: [.servesManyThreadsAtOnce]
      }
    }
  }

  private final class State: Sendable {
    let calls = Atomic(0)
    let running = Atomic(0)
    let hasOverlapped = Atomic(false)
  }

  static let name = "faulty"
  private static let headerBytes = 9

  private let fault: Fault?
  private let state = State()

  init(_ fault: Fault? = nil) { self.fault = fault }

  func compress(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
    if fault == .replacesTheOutput { output = [] }
    if fault == .forgetsEmptyBlocks, bytes.isEmpty { return }
    var content = [UInt8](bytes)
    if fault == .losesTheLastByte { content = content.dropLast() }
    if fault == .stopsAtAMegabyte { content = Array(content.prefix(1 << 20)) }
    let isRepeated = fault != .storesOnly && content.count > 1 && content.allSatisfy { $0 == content[0] }
    let salt = fault == .saltsTheBlock ? UInt8(state.calls.add(1, ordering: .relaxed).newValue % 100) << 1 : 0
    output.append(uint32: CRC32C.checksum(content.span))
    output.append(uint32: UInt32(content.count))
    output.append((isRepeated ? 1 : 0) | salt)
    output.append(contentsOf: isRepeated ? [content[0]] : content)
    if fault == .pads { output.append(contentsOf: content) }
  }

  func decompress(_ bytes: Span<UInt8>, count: Int, to output: inout [UInt8]) throws(DecodingError) {
    let damage = DecodingError(.corrupt, at: 0, "damaged")
    if fault == .takesMemoryFirst { output.reserveCapacity(min(max(count, 0), 1 << 24)) }
    if fault == .isNotReentrant, overlaps() { throw damage }
    guard bytes.count >= Self.headerBytes else { throw damage }
    let stated = Int(bytes.uint32(at: 4))
    let rest = [UInt8](bytes.extracting(Self.headerBytes...))
    var content = bytes[8] & 1 == 1 ? [UInt8](repeating: rest.first ?? 0, count: min(stated, 1 << 20)) : rest
    switch fault {
    case .fillsUpWhatIsMissing where content.count < count:
      return output.append(contentsOf: content + [UInt8](repeating: 0, count: count - content.count))
    case .ignoresWhatFollows: content = Array(content.prefix(count))
    case .takesForeignBytes where CRC32C.checksum(content.span) != bytes.uint32(at: 0): return
    case .ignoresTheCount: return output.append(contentsOf: content)
    case .leavesHalfBehind: output.append(contentsOf: content.prefix(count / 2))
    default: break
    }
    let isSound = fault == .skipsTheChecksum || CRC32C.checksum(content.span) == bytes.uint32(at: 0)
    guard isSound, content.count == count, stated == count, rest.count == 1 || bytes[8] & 1 == 0 else { throw damage }
    if fault == .leavesHalfBehind { return output.append(contentsOf: content.dropFirst(count / 2)) }
    output.append(contentsOf: content)
  }

  /// Whether another call is running; waits a little for one to come, until one came once.
  private func overlaps() -> Bool {
    defer { state.running.subtract(1, ordering: .sequentiallyConsistent) }
    state.running.add(1, ordering: .sequentiallyConsistent)
    let end = ContinuousClock.now + .milliseconds(20)
    while state.running.load(ordering: .sequentiallyConsistent) == 1 {
      if state.hasOverlapped.load(ordering: .relaxed) || ContinuousClock.now > end { return false }
    }
    state.hasOverlapped.store(true, ordering: .relaxed)
    return true
  }
}
