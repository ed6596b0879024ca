import Domain
import ZlibAdapter
import ZstdAdapter

extension BlockCodecs {
  /// Every codec that this program has written with.
  static var all: BlockCodecs { BlockCodecs([ZstdCompression(), GzipCompression()]) }
}
