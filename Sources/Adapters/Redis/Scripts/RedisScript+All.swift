extension RedisScript {
  /// What a connection tells its server when it is made.
  static let all: [RedisScript] = [
    readMarker, initialise, register, beginRebuild, registerStaged, finishRebuild,
    openPartition, sealPartition, prepareCommit, applyCommit, readState, readView, sweepPartition,
    acquireLease, releaseLease, admit, announceProcessor, liveProcessors,
  ]
}
