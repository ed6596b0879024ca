import Domain
import Foundation
import TestSupport
import Testing

@Suite("The format of a snapshot") struct SnapshotFormatTests {
  private static let codecs = BlockCodecs([PlainCodec()])
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden/v1/partition.cws")

  @Test("gives back what was written")
  func roundTrip() throws {
    let snapshot = try SampleSnapshot.make()
    let bytes = SnapshotFormat.encode(snapshot, codec: PlainCodec())
    let read = try SnapshotFormat.decode(bytes.span, codecs: Self.codecs)
    #expect(read == snapshot)
    let empty = PartitionSnapshot.empty(PartitionID(0), snapshot.generation)
    let emptyBytes = SnapshotFormat.encode(empty, codec: PlainCodec())
    let readEmpty = try SnapshotFormat.decode(emptyBytes.span, codecs: Self.codecs)
    #expect(readEmpty == empty)
  }

  @Test("is cut into blocks where it is large")
  func blocks() throws {
    let sample = try SampleSnapshot.make()
    let objects = (0..<5_000).map { number in
      ObjectDescriptor(
        key: sample.objects[0].key, flush: FlushID(SampleSnapshot.id(9, UInt64(number))), size: number,
        sha256: sample.objects[0].sha256, formatVersion: 1, codec: "zstd",
        chunks: Array(repeating: sample.objects[0].chunks[1], count: 5))
    }
    let large = PartitionSnapshot(
      partition: sample.partition, generation: sample.generation, commits: 1, epoch: sample.epoch, watermark: 9,
      head: sample.head, windows: sample.windows, gaps: [], objects: objects, letters: [])
    let bytes = SnapshotFormat.encode(large, codec: PlainCodec())
    #expect(bytes.count > SnapshotFormat.blockBytes)
    let read = try SnapshotFormat.decode(bytes.span, codecs: Self.codecs)
    #expect(read == large)
  }

  @Test("of version 1 is read for ever")
  func readsGolden() throws {
    let bytes = [UInt8](try Data(contentsOf: Self.golden))
    let read = try SnapshotFormat.decode(bytes.span, codecs: Self.codecs)
    #expect(read == (try SampleSnapshot.make()))
    #expect(SnapshotFormat.encode(read, codec: PlainCodec()) == bytes, "and written the same")
  }

  @Test("shows every flipped bit and every missing byte")
  func damage() throws {
    let bytes = SnapshotFormat.encode(try SampleSnapshot.make(), codec: PlainCodec())
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(throws: DecodingError.self, "byte \(place)") {
        _ = try SnapshotFormat.decode(damaged.span, codecs: Self.codecs)
      }
    }
    for count in bytes.indices {
      let cut = Array(bytes.prefix(count))
      #expect(throws: DecodingError.self, "\(count) bytes") {
        _ = try SnapshotFormat.decode(cut.span, codecs: Self.codecs)
      }
    }
  }

  @Test("of another version or codec is refused by its name")
  func otherVersions() throws {
    var bytes = SnapshotFormat.encode(try SampleSnapshot.make(), codec: PlainCodec())
    let unread = #expect(throws: DecodingError.self) {
      _ = try SnapshotFormat.decode(bytes.span, codecs: BlockCodecs([]))
    }
    #expect(unread?.kind == .unsupportedVersion)
    bytes[3] = 2
    let newer = #expect(throws: DecodingError.self) {
      _ = try SnapshotFormat.decode(bytes.span, codecs: Self.codecs)
    }
    #expect(newer?.kind == .unsupportedVersion && newer?.reason.contains("format 2") == true)
  }

  @Test("never traps on content that makes no sense")
  func hostile() throws {
    var random = SeededGenerator(seed: 11)
    let content = try SampleSnapshot.make().encoded
    for _ in 0..<3_000 {
      var bytes = content
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      // Refused or read: both are answers.
      _ = try? PartitionSnapshot(encoded: bytes.span)
    }
  }
}
