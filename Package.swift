// swift-tools-version: 6.2
import Foundation
import PackageDescription

// No package from outside the toolchain: C libraries come from the distribution, one system-library target each
// (ARCHITECTURE.md, "Dependencies"). One function per kind of target keeps the layers visible here.

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

/// Documents, golden files and the page's sources inside a target's folder, which SwiftPM otherwise reports as unhandled.
func documents(_ path: String) -> [String] {
  let names = FileManager.default.enumerator(atPath: root.appendingPathComponent(path).path)?.compactMap { $0 as? String } ?? []
  return names.filter { $0.hasSuffix(".md") || $0.hasSuffix(".py") || $0.hasSuffix("Golden") || $0 == "Page" }.sorted()
}

func core(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  let path = "Sources/\(name)"
  return .target(name: name, dependencies: dependencies, path: path, exclude: documents(path), swiftSettings: settings)
}

func cLibrary(_ name: String, pkgConfig: String?, apt: String) -> Target {
  .systemLibrary(name: name, path: "Sources/Adapters/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// What adapters share and what knows no port.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  let path = "Sources/Adapters/\(name)"
  return .target(name: name, dependencies: dependencies, path: path, exclude: documents(path), swiftSettings: settings)
}

func adapter(_ folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
  let path = "Sources/Adapters/\(folder)"
  return .target(
    name: "\(folder)Adapter", dependencies: ["Application", "Domain"] + dependencies, path: path,
    exclude: documents(path), swiftSettings: settings)
}

func app(_ product: String, _ folder: String, _ dependencies: [Target.Dependency]) -> Target {
  let path = "Sources/Apps/\(folder)"
  return .executableTarget(
    name: product, dependencies: ["Application", "Domain", "Composition"] + dependencies, path: path,
    exclude: documents(path), swiftSettings: settings)
}

/// What several programs share.
func appLibrary(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  let path = "Sources/Apps/\(name)"
  return .target(
    name: name, dependencies: ["Application", "Domain", "Composition"] + dependencies, path: path, exclude: documents(path),
    swiftSettings: settings)
}

func contract(_ port: String) -> Target {
  .target(
    name: "\(port)Contract", dependencies: ["Application", "Domain"], path: "Tests/Contracts/\(port)",
    swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  let path = "Tests/\(name)"
  return .testTarget(
    name: name, dependencies: ["Application", "Domain"] + dependencies, path: path, exclude: documents(path),
    swiftSettings: settings)
}

/// Debian 12 ships llhttp as sources inside node-llhttp, newer distributions as a library.
let llhttpIsInstalled = FileManager.default.fileExists(atPath: "/usr/include/llhttp.h")

var targets: [Target] = [
  core("Domain"),
  core("Application", ["Domain"]),

  cLibrary("Chiredis", pkgConfig: nil, apt: "libhiredis-dev"),
  cLibrary("Chs", pkgConfig: "libhs", apt: "libvectorscan-dev"),
  cLibrary("Ccurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
  cLibrary("Cevent", pkgConfig: "libevent_pthreads", apt: "libevent-dev"),
  cLibrary("Clinux", pkgConfig: nil, apt: "libc6-dev"),
  cLibrary("Cnghttp2", pkgConfig: "libnghttp2", apt: "libnghttp2-dev"),
  cLibrary("Copenssl", pkgConfig: "openssl", apt: "libssl-dev"),
  cLibrary("Crdkafka", pkgConfig: "rdkafka", apt: "librdkafka-dev"),
  cLibrary("Csqlite3", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
  cLibrary("Czlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
  cLibrary("Czstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
  .target(
    name: "Cllhttp", path: "Sources/Adapters/CLibraries/Cllhttp",
    cSettings: [.define("LLHTTP_STRICT_MODE", to: "1")],
    linkerSettings: llhttpIsInstalled ? [.linkedLibrary("llhttp")] : []),

  library("Threads"),
  library("Transport", ["Threads", "Cevent", "Cnghttp2", "Cllhttp"]),

  adapter("InMemory", ["Threads"]),
  adapter("InProcess", ["Threads"]),
  adapter("Disk", ["Threads", "Clinux"]),
  adapter("Redis", ["Threads", "Chiredis"]),
  adapter("SQLite", ["Threads", "Csqlite3"]),
  adapter("Kafka", ["Threads", "Crdkafka"]),
  adapter("OpenSSL", ["Copenssl"]),
  adapter("S3", ["Threads", "Ccurl", "Copenssl"]),
  adapter("Zlib", ["Threads", "Czlib"]),
  adapter("Zstd", ["Threads", "Czstd"]),
  adapter("Hyperscan", ["Threads", "Chs"]),
  adapter("TenantFile", ["Threads"]),
  adapter("Prometheus", ["Threads"]),
  adapter("Console", ["Threads"]),
  adapter("Journald", ["Threads"]),
  adapter("GRPC", ["Threads", "Transport"]),
  adapter("REST", ["Threads", "Transport"]),

  .target(
    name: "Composition", dependencies: ["Application", "Domain", "Threads"], path: "Sources/Apps/Composition",
    exclude: documents("Sources/Apps/Composition"), swiftSettings: settings),
  // What several programs that serve have in common: doors, chunk building, health.
  appLibrary("Serving", [
    "Threads", "Transport", "InProcessAdapter", "OpenSSLAdapter", "ZlibAdapter", "ZstdAdapter", "PrometheusAdapter",
    "ConsoleAdapter", "GRPCAdapter", "RESTAdapter",
  ]),
  app("cordwood", "Cordwood", [
    "Serving", "Threads", "Transport", "InProcessAdapter", "DiskAdapter", "SQLiteAdapter", "OpenSSLAdapter", "ZlibAdapter",
    "ZstdAdapter", "PrometheusAdapter", "ConsoleAdapter", "GRPCAdapter", "RESTAdapter",
  ]),
  // Settings and opening of Kafka, Redis and S3.
  appLibrary("Distributed", [
    "Serving", "Threads", "InProcessAdapter", "GRPCAdapter", "KafkaAdapter", "RedisAdapter", "S3Adapter",
  ]),
  app("cordwood-ingestor", "Ingestor", [
    "Serving", "Distributed", "Threads", "Transport", "InProcessAdapter", "GRPCAdapter", "KafkaAdapter", "RedisAdapter",
  ]),
  app("cordwood-processor", "Processor", [
    "Serving", "Distributed", "Threads", "Transport", "InProcessAdapter", "GRPCAdapter", "KafkaAdapter", "RedisAdapter",
  ]),
  app("cordwood-query", "Query", [
    "Serving", "Distributed", "Threads", "Transport", "InProcessAdapter", "GRPCAdapter", "RESTAdapter", "KafkaAdapter",
    "RedisAdapter",
  ]),
  app("cordwood-agent", "Agent", [
    "Threads", "Transport", "InProcessAdapter", "DiskAdapter", "ZlibAdapter", "GRPCAdapter", "PrometheusAdapter",
    "ConsoleAdapter", "RESTAdapter", "HyperscanAdapter", "JournaldAdapter",
  ]),

  contract("ObjectStore"), contract("EventLog"), contract("ChunkIndex"), contract("DeadLetterQueue"),
  contract("RecentEvents"), contract("RateLimiter"), contract("Lease"), contract("Clock"), contract("Identifiers"),
  contract("AgentJournal"), contract("LogSource"), contract("BatchSink"), contract("Telemetry"),
  contract("BlockCompression"), contract("ObjectDigest"), contract("EventIngest"), contract("EventQuery"),
  contract("Health"), contract("StreamDecompression"), contract("RecentEventsSource"), contract("LogFiles"),
  contract("LogStream"), contract("DeadLetterOperations"), contract("TenantDirectory"), contract("PartitionOwnership"),
  contract("ProcessorDirectory"),
  // What several test targets need and what is no contract.
  .target(
    name: "TestSupport",
    dependencies: [
      "Application", "Domain", "EventQueryContract", "DeadLetterOperationsContract", "RecentEventsSourceContract",
      "InMemoryAdapter", "InProcessAdapter", "Threads",
    ],
    path: "Tests/Support", swiftSettings: settings),

  tests("ArchitectureTests", []),
  tests("DomainTests", ["TestSupport"]),
  tests("ApplicationTests", [
    "InMemoryAdapter", "ObjectStoreContract", "ChunkIndexContract", "EventIngestContract", "EventQueryContract",
    "RecentEventsSourceContract", "TelemetryContract", "TestSupport", "InProcessAdapter", "DeadLetterOperationsContract",
    "Threads",
  ]),
  tests("ContractsTests", [
    "ObjectStoreContract", "EventLogContract", "ChunkIndexContract", "DeadLetterQueueContract", "RecentEventsContract",
    "RateLimiterContract", "LeaseContract", "ClockContract", "IdentifiersContract", "AgentJournalContract",
    "LogSourceContract", "BatchSinkContract", "TelemetryContract", "BlockCompressionContract", "ObjectDigestContract",
    "EventIngestContract", "EventQueryContract", "HealthContract", "StreamDecompressionContract",
    "RecentEventsSourceContract", "LogFilesContract", "LogStreamContract", "DeadLetterOperationsContract",
    "TenantDirectoryContract", "PartitionOwnershipContract", "ProcessorDirectoryContract", "InMemoryAdapter",
    "InProcessAdapter", "TestSupport",
  ]),
  tests("ThreadsTests", ["Threads"]),
  tests("TransportTests", ["Transport", "Threads"]),
  tests("InMemoryAdapterTests", [
    "InMemoryAdapter", "ObjectStoreContract", "EventLogContract", "ChunkIndexContract", "DeadLetterQueueContract",
    "AgentJournalContract", "TelemetryContract", "LogSourceContract", "BatchSinkContract", "ClockContract",
    "IdentifiersContract", "LogFilesContract", "LogStreamContract",
  ]),
  tests("InProcessAdapterTests", [
    "InProcessAdapter", "InMemoryAdapter", "RecentEventsContract", "RateLimiterContract", "LeaseContract", "ClockContract",
    "IdentifiersContract", "PartitionOwnershipContract", "ProcessorDirectoryContract",
  ]),
  tests("DiskAdapterTests", [
    "DiskAdapter", "Threads", "ObjectStoreContract", "EventLogContract", "DeadLetterQueueContract",
    "AgentJournalContract", "LogSourceContract", "LogFilesContract", "LogStreamContract",
  ]),
  tests("JournaldAdapterTests", [
    "JournaldAdapter", "InMemoryAdapter", "InProcessAdapter", "Threads", "LogStreamContract", "TestSupport",
  ]),
  tests("SQLiteAdapterTests", [
    "SQLiteAdapter", "Threads", "InProcessAdapter", "InMemoryAdapter", "ChunkIndexContract",
  ]),
  tests("RedisAdapterTests", [
    "RedisAdapter", "Threads", "InMemoryAdapter", "InProcessAdapter", "ChunkIndexContract", "LeaseContract",
    "RateLimiterContract", "ProcessorDirectoryContract", "TestSupport",
  ]),
  tests("KafkaAdapterTests", [
    "KafkaAdapter", "Crdkafka", "Threads", "InMemoryAdapter", "InProcessAdapter", "EventLogContract",
    "DeadLetterQueueContract", "PartitionOwnershipContract", "TestSupport",
  ]),
  tests("CodecsTests", [
    "OpenSSLAdapter", "ZlibAdapter", "ZstdAdapter", "BlockCompressionContract", "ObjectDigestContract",
    "StreamDecompressionContract",
  ]),
  tests("S3AdapterTests", [
    "S3Adapter", "Threads", "InMemoryAdapter", "InProcessAdapter", "ObjectStoreContract", "TestSupport",
  ]),
  tests("HyperscanAdapterTests", ["HyperscanAdapter"]),
  tests("TenantFileAdapterTests", [
    "TenantFileAdapter", "OpenSSLAdapter", "InMemoryAdapter", "Threads", "TenantDirectoryContract", "TestSupport",
  ]),
  tests("PrometheusAdapterTests", ["PrometheusAdapter", "TelemetryContract", "TestSupport"]),
  tests("ConsoleAdapterTests", ["ConsoleAdapter", "InMemoryAdapter", "Threads", "TelemetryContract"]),
  tests("GRPCAdapterTests", [
    "GRPCAdapter", "Transport", "Threads", "InMemoryAdapter", "InProcessAdapter", "EventIngestContract", "BatchSinkContract",
    "HealthContract", "RecentEventsContract", "RecentEventsSourceContract", "TestSupport",
  ]),
  tests("RESTAdapterTests", [
    "RESTAdapter", "Transport", "Threads", "InMemoryAdapter", "InProcessAdapter", "EventQueryContract", "HealthContract",
    "OpenSSLAdapter", "DeadLetterOperationsContract", "TestSupport",
  ]),
  tests("CompositionTests", ["Composition", "Threads"]),
  tests("AppsTests", [
    "cordwood", "cordwood-agent", "cordwood-ingestor", "cordwood-processor", "cordwood-query", "Composition", "Serving",
    "Distributed", "KafkaAdapter", "S3Adapter", "RedisAdapter", "Threads", "Transport", "RESTAdapter", "EventQueryContract",
    "GRPCAdapter", "InProcessAdapter", "InMemoryAdapter", "DiskAdapter", "ZlibAdapter", "ZstdAdapter", "HealthContract",
    "TestSupport",
  ]),
]

// `make bench`: inside this manifest, since a nested package cannot see `package` declarations.
if ProcessInfo.processInfo.environment["CORDWOOD_BENCH"] != nil {
  targets.append(
    .executableTarget(
      name: "cordwood-bench",
      dependencies: [
        "Application", "Domain", "Composition", "Threads", "Transport", "GRPCAdapter", "InProcessAdapter", "ZstdAdapter",
      ],
      path: "Tests/Benchmarks", exclude: documents("Tests/Benchmarks"), swiftSettings: settings))
}

let package = Package(name: "cordwood", targets: targets)
