/// Limits of the gRPC server; those of connections and streams are the transport's.
package struct GRPCServerConfiguration: Sendable {
  /// The longest message that is taken, in bytes. 4 MiB, gRPC's own default: above the 2 MiB of the largest batch, so that
  /// a batch that is a little too large is told so instead of breaking the stream.
  package var maximumMessageBytes = 4 << 20
  /// Batches of one Push stream that are with the use case at a time. The log commits in groups, so a stream needs
  /// several under way; 16 of 220 KB are also below the transport's window of 4 MiB a stream.
  package var batchesInFlightPerStream = 16
  /// Bytes of these from which no further batch is read. Each is in memory about three times (message, columns, record), so
  /// sixteen of the largest would take 100 MB.
  package var bytesInFlightPerStream = 8 << 20
  /// Messages from this size on are decoded on the worker threads: decoding costs about 1 µs per KiB, and a loop must not
  /// be held up for over 0.1-0.3 ms.
  package var offLoopDecodingBytes = 256 << 10
  /// How often a health Watch looks for a change.
  package var healthWatchInterval = Duration.seconds(1)

  package init() {}
}
