import Application
import Composition
import Domain
import Threads

/// Building chunks as a service, on threads of its own.
struct ProcessorService<Codec: BlockCompression, Digest: ObjectDigest>: Service {
  let name = "processor"
  let build: BuildChunks<Codec, Digest>
  let pool: ThreadPool

  func run() async throws {
    await withTaskExecutorPreference(pool) { await build.run() }
  }
}
