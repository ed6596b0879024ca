/// How chunks are built.
package struct BuildChunksConfiguration: Hashable, Sendable {
  package var policy = FlushPolicy()
  /// Bytes of open records of all partitions together; beyond it those that hold their share of it or more flush, and
  /// read on when that is done.
  package var memoryBytes = 64 << 20
  /// Bytes that one partition may hold, a flush under way included, before it stops reading until that is done.
  package var partitionBytes = 80 << 20
  /// Bytes of records read from the log at once.
  package var readBytes = 4 << 20
  /// How long an idle partition waits for records before it looks at its clock again.
  package var idleWait = Duration.seconds(1)
  /// Wait after a port was not available, doubled up to the second value.
  package var retryWait = Duration.milliseconds(100)
  package var maximumRetryWait = Duration.seconds(5)
  /// How long a stopped partition waits before it looks whether an operator acted.
  package var stoppedWait = Duration.seconds(10)

  package init() {}
}
