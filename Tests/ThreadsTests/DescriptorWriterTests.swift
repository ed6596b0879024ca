import Foundation
import Glibc
import Testing

@testable import Threads

@Suite("A descriptor's writer", .timeLimit(.minutes(1)))
struct DescriptorWriterTests {
  @Test("writes all of it to a pipe that is full and does not block")
  func fullPipe() async throws {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    #expect(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let pool = ThreadPool(name: "test-writer", threads: 1)
    async let outcome = pool.run { DescriptorWriter(descriptor).write(bytes) }
    var read: [UInt8] = []
    while read.count < bytes.count, let piece = try pipe.fileHandleForReading.read(upToCount: bytes.count - read.count)
    {
      read += piece
    }
    #expect(read == bytes)
    #expect(await outcome == .written)
  }

  @Test("says why it could not")
  func failures() throws {
    signal(SIGPIPE, SIG_IGN)
    let full = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
    #expect(DescriptorWriter(full.fileDescriptor).write([1]) == .failed(errno: ENOSPC))
    // Never connected: EPIPE, as of a pipe whose reader has gone.
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    #expect(DescriptorWriter(socket).write([1]) == .readerIsGone)
  }

  @Test("has nothing to do for no bytes")
  func nothing() {
    #expect(DescriptorWriter(-1).write([]) == .written)
  }
}
