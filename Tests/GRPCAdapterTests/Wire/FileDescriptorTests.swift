import Domain
import Testing

@testable import GRPCAdapter

@Suite("Embedded descriptors")
struct FileDescriptorTests {
  @Test("each file is there under its own name, and is well-formed")
  func files() throws {
    #expect(
      FileDescriptors.files.map(\.name) == [
        "cordwood/ingestor/v1/ingestor.proto", "cordwood/processor/v1/recent_events.proto",
        "grpc/health/v1/health.proto",
      ])
    for file in FileDescriptors.files {
      #expect(try names(in: bytes(file.descriptor), field: 1) == [file.name])
    }
  }

  @Test("the tags that reader and writer use are those of the descriptor")
  func tags() throws {
    let file = try bytes(FileDescriptors.files[0].descriptor)
    let event = try #require(try messages(in: file, field: 4).first { try names(in: $0, field: 1) == ["Event"] })
    var tags: [String: UInt64] = [:]
    for field in try messages(in: event, field: 2) {
      let name = try names(in: field, field: 1)[0]
      tags[name] = try numbers(in: field, field: 3)[0]
    }
    #expect(tags["time_unix_nano"] == IngestorFields.Event.timeUnixNano >> 3)
    #expect(tags["severity_number"] == IngestorFields.Event.severityNumber >> 3)
    #expect(tags["severity_text"] == IngestorFields.Event.severityText >> 3)
    #expect(tags["message"] == IngestorFields.Event.message >> 3)
    #expect(tags["trace_id"] == IngestorFields.Event.traceID >> 3)
    #expect(tags["span_id"] == IngestorFields.Event.spanID >> 3)
    #expect(tags["attributes"] == IngestorFields.Event.attributes >> 3)
    #expect(tags.count == 7)
  }

  private func bytes(_ digits: String) throws -> [UInt8] { try #require(Hexadecimal.bytes(digits.utf8)) }

  private func messages(in bytes: [UInt8], field: UInt64) throws -> [[UInt8]] {
    var cursor = WireCursor(0..<bytes.count)
    var found: [[UInt8]] = []
    while !cursor.isAtEnd {
      let tag = try cursor.tag(bytes.span)
      if tag == field << 3 | 2 {
        found.append([UInt8](bytes.span.extracting(try cursor.payload(bytes.span))))
      } else {
        try cursor.skip(tag, bytes.span)
      }
    }
    return found
  }

  private func names(in bytes: [UInt8], field: UInt64) throws -> [String] {
    try messages(in: bytes, field: field).map { String(decoding: $0, as: UTF8.self) }
  }

  private func numbers(in bytes: [UInt8], field: UInt64) throws -> [UInt64] {
    var cursor = WireCursor(0..<bytes.count)
    var found: [UInt64] = []
    while !cursor.isAtEnd {
      let tag = try cursor.tag(bytes.span)
      if tag == field << 3 { found.append(try cursor.varint(bytes.span)) } else { try cursor.skip(tag, bytes.span) }
    }
    return found
  }
}
