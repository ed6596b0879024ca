import Application
import Domain

/// Cuts an answer into messages, made one at a time: what is sent needs no more memory than one message beside the answer.
struct RecentAnswerWriter {
  /// No message is longer unless a single record is. 1 MiB: a quarter of what a message of this protocol may have, and as much
  /// as a frame of the transport.
  static let messageBytes = 1 << 20

  private typealias Fields = ProcessorFields.RecentResponse

  private let answer: RecentAnswer
  private var isBegun = false
  private var nextGap = 0
  private var nextBatch = 0

  init(_ answer: RecentAnswer) { self.answer = answer }

  /// The next message; nil after the last one.
  mutating func next() -> [UInt8]? {
    var message: [UInt8] = []
    if !isBegun {
      message.append(tag: Fields.summary, message: summary)
      isBegun = true
    }
    while nextGap < answer.gaps.count {
      let gap = answer.gaps[nextGap].encoded
      guard Self.fits(WireSize.field(gap.count), in: message) else { return message }
      message.append(tag: Fields.gaps, message: gap)
      nextGap += 1
    }
    while nextBatch < answer.batches.count {
      let batch = answer.batches[nextBatch]
      let size = 1 + WireSize.varint(batch.offset) + WireSize.field(batch.events.bytes.count)
      guard Self.fits(WireSize.field(size), in: message) else { return message }
      message.append(varint: Fields.records)
      message.append(varint: UInt64(size))
      message.append(tag: ProcessorFields.Record.offset, varint: batch.offset)
      message.append(tag: ProcessorFields.Record.content, bytes: batch.events.bytes.span)
      nextBatch += 1
    }
    return message.isEmpty ? nil : message
  }

  private static func fits(_ bytes: Int, in message: [UInt8]) -> Bool {
    message.isEmpty || message.count + bytes <= messageBytes
  }

  private var summary: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(tag: ProcessorFields.Summary.epoch, identifier: answer.epoch.value)
    bytes.append(tag: ProcessorFields.Summary.fromOffset, nonZero: answer.from)
    bytes.append(tag: ProcessorFields.Summary.endOffset, nonZero: answer.end)
    bytes.append(tag: ProcessorFields.Summary.logEndOffset, nonZero: answer.logEnd)
    bytes.append(tag: ProcessorFields.Summary.gapCount, nonZero: answer.gaps.count)
    bytes.append(tag: ProcessorFields.Summary.recordCount, nonZero: answer.batches.count)
    bytes.append(
      tag: ProcessorFields.Summary.recordBytes, nonZero: answer.batches.reduce(0) { $0 + $1.events.bytes.count })
    bytes.append(tag: ProcessorFields.Summary.isProvisional, nonZero: answer.isProvisional ? 1 : 0)
    return bytes
  }
}
