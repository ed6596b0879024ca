package import Application
package import Composition
import Domain
import OpenSSLAdapter
package import Threads
import ZlibAdapter
import ZstdAdapter

/// Building chunks as a service, on threads of its own.
package struct ProcessorService: Service {
  package let name = "processor"
  private let settings: Settings
  private let ports: BuildChunksPorts
  private let ownership: any PartitionOwnership
  private let pool: ThreadPool
  private let holding: PartitionHolding

  package init(
    _ settings: Settings, ports: BuildChunksPorts, ownership: any PartitionOwnership, pool: ThreadPool,
    holding: @escaping PartitionHolding
  ) {
    self.settings = settings
    self.ports = ports
    self.ownership = ownership
    self.pool = pool
    self.holding = holding
  }

  package func run() async throws {
    switch settings[BuildingSettings.chunkCodec] {
    case .zstd: try await run(ZstdCompression())
    case .gzip: try await run(GzipCompression())
    }
  }

  private func run(_ codec: some BlockCompression) async throws {
    let build = BuildChunks(
      ports: ports, configuration: BuildingSettings.configuration(settings),
      encoder: FlushEncoder(codec: codec, digest: OpenSSLDigest(), prefix: ""))
    do throws(PartitionOwnershipError) {
      try await pool.host { () async throws(PartitionOwnershipError) in
        try await build.run(owning: ownership, holding: holding)
      }
    } catch {
      switch error {
      case .rejected(let reason): throw ServingFailure("no partition can be owned: \(reason)")
      }
    }
  }
}
