package import Domain
import ZlibAdapter
import ZstdAdapter

extension BlockCodecs {
  /// Every codec that these programs have written with.
  package static var all: BlockCodecs { BlockCodecs([ZstdCompression(), GzipCompression()]) }
}
