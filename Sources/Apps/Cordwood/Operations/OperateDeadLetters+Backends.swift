import Application
import GRPCAdapter
import OpenSSLAdapter

extension OperateDeadLetters {
  /// Over the letters of a data folder, for a server as for a command without one.
  ///
  /// - Parameter mayFlush: The process builds chunks, too.
  init(
    _ backends: EmbeddedBackends, index: any ChunkIndex, ingest: any EventIngest, clock: any WallClock,
    telemetry: any Telemetry, mayFlush: Bool
  ) {
    self.init(
      ports: DeadLetterPorts(
        queue: backends.deadLetters, index: index, ingest: ingest, decoding: ProtobufEventDecoding(),
        digest: OpenSSLDigest(), clock: clock, telemetry: telemetry,
        mayFlush: mayFlush))
  }
}
