import Application
import Domain
import Threads

/// A compressed form for tests: members of `RL`, then pairs of a count (not 0) and a byte, then a 0.
final class RunLengthDecompression: StreamDecompression {
  private enum Step: Sendable {
    case start, magic, count, byte(UInt8), run(UInt8, left: UInt8)
  }

  private let step = Lock(Step.start)

  func recognises(_ start: Span<UInt8>) -> Bool {
    start.count >= 2 && start[0] == UInt8(ascii: "R") && start[1] == UInt8(ascii: "L")
  }

  var isAtMemberEnd: Bool {
    step.withLock { if case .start = $0 { true } else { false } }
  }

  func unpack(_ input: Span<UInt8>, into output: inout [UInt8], limit: Int) throws(DecodingError) -> Int {
    var step = step.withLock { $0 }
    var used = 0
    var room = limit
    defer { self.step.withLock { $0 = step } }
    while true {
      if case .run(let byte, let left) = step {
        if room == 0 { return used }
        output.append(byte)
        room -= 1
        step = left == 1 ? .count : .run(byte, left: left - 1)
        continue
      }
      guard used < input.count else { return used }
      let next = input[used]
      used += 1
      switch step {
      case .start where next == UInt8(ascii: "R"): step = .magic
      case .magic where next == UInt8(ascii: "L"): step = .count
      case .count: step = next == 0 ? .start : .byte(next)
      case .byte(let count): step = .run(next, left: count)
      case .start, .magic, .run: throw DecodingError(.malformed, at: used, "no member begins here")
      }
    }
  }

  static func packed(_ bytes: [UInt8]) -> [UInt8] {
    var packed = Array("RL".utf8)
    var index = 0
    while index < bytes.count {
      var count = 1
      while count < 255, index + count < bytes.count, bytes[index + count] == bytes[index] { count += 1 }
      packed += [UInt8(count), bytes[index]]
      index += count
    }
    return packed + [0]
  }
}
