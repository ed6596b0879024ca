import Application
import Domain
import InMemoryAdapter

extension SabotagedChunkIndex {
  func distorted(_ gap: GapCommit) async throws(ChunkIndexError) -> GapCommit {
    let state = try await honest.state(of: gap.partition)
    switch flaw {
    case .keepsTheOldEpoch:
      return GapCommit(
        partition: gap.partition, generation: gap.generation, flush: gap.flush, parent: gap.parent,
        replacing: gap.gap.epoch, from: gap.gap.from, times: gap.gap.times, by: gap.gap.epoch, from: gap.nextWatermark)
    case .takesAnyGap:
      let found = Gap(
        epoch: state.epoch ?? gap.gap.epoch, from: state.watermark, end: max(state.watermark, gap.gap.end),
        times: gap.gap.times)
      return GapCommit(
        partition: gap.partition, generation: try await honest.generation() ?? gap.generation, flush: gap.flush,
        parent: state.head, losing: found)
    default: return gap
    }
  }

  func distorted(_ state: PartitionState) -> PartitionState {
    switch flaw {
    case .replacesGaps:
      PartitionState(
        epoch: state.epoch, watermark: state.watermark, head: state.head, windows: state.windows,
        gaps: Array(state.gaps.suffix(1)))
    case .losesWindowsInGaps where !state.gaps.isEmpty:
      PartitionState(epoch: state.epoch, watermark: state.watermark, head: state.head, windows: [:], gaps: state.gaps)
    default: state
    }
  }
}
