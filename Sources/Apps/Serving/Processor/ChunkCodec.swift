/// The codecs that `CHUNK_CODEC` may name.
enum ChunkCodec: String, CaseIterable, Sendable {
  case zstd, gzip
}
