import Application
import Composition

/// Announcing the processor as a service: it is taken out of the directory when its partitions are given up.
struct AnnouncementService: Service {
  let name = "announcement"
  let processor: AnnounceProcessor

  init(_ processor: AnnounceProcessor) { self.processor = processor }

  func run() async throws { await processor.run() }
}
