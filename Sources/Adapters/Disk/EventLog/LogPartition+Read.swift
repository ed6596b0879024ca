import Application
import Domain
import Threads

extension LogPartition {
  private enum Found {
    case slice(LogSlice)
    case onDisk(base: UInt64, reader: SegmentReader?, next: UInt64?, bounds: LogBounds)
    case nothingYet(LogBounds)
  }

  func read(from offset: UInt64, limit: Int, patience: Duration) async throws(EventLogError) -> LogSlice {
    let deadline = surroundings.clock.elapsed() + patience
    while true {
      if Task.isCancelled { throw .cancelled }
      let ticket = arrivals.ticket()
      switch try find(offset, limit) {
      case .slice(let slice): return slice
      case .onDisk(let base, let reader, let next, let bounds):
        let outcome = await surroundings.pool.run { self.read(from: offset, limit, base, reader, next) }
        return LogSlice(records: try outcome.get(), bounds: bounds)
      case .nothingYet(let bounds):
        switch await arrivals.wait(ticket, for: deadline - surroundings.clock.elapsed(), surroundings.clock) {
        case .changed: continue
        case .timedOut: return LogSlice(records: [], bounds: bounds)
        case .cancelled: throw .cancelled
        }
      }
    }
  }

  private func find(_ offset: UInt64, _ limit: Int) throws(EventLogError) -> Found {
    try state.withLock { state throws(EventLogError) in
      if state.isClosed { throw .closed }
      let bounds = bounds(state)
      guard offset >= bounds.start, offset <= bounds.end else {
        throw .outOfRange(offset: offset, start: bounds.start, end: bounds.end)
      }
      if offset == bounds.end { return .nothingYet(bounds) }
      if let records = state.recent.read(from: offset, limit: limit) {
        state.failedRead = nil
        return .slice(LogSlice(records: records, bounds: bounds))
      }
      let (base, next) = state.segments.segment(holding: offset)
      if let open = state.open, open.base == base {
        let reader = SegmentReader(
          partition: id, file: open.file, epoch: epoch, index: open.index, end: state.end, fileEnd: open.end)
        return .onDisk(base: base, reader: reader, next: nil, bounds: bounds)
      }
      return .onDisk(
        base: base, reader: state.sealed.segment(at: base).map(reader), next: next ?? state.end, bounds: bounds)
    }
  }

  /// Blocks.
  private func read(
    from offset: UInt64, _ limit: Int, _ base: UInt64, _ known: SegmentReader?, _ next: UInt64?
  ) -> Result<[LogRecord], EventLogError> {
    var isMissing = false
    do throws(EventLogError) {
      let found: SegmentReader
      if let known {
        found = known
      } else {
        let segment = try openSealed(base, end: next ?? base, from: offset)
        state.withLock { $0.sealed.keep(segment, at: base) }
        found = reader(segment)
      }
      isMissing = found.isMissing(offset)
      let records = try found.read(from: offset, limit: limit)
      state.withLock { $0.failedRead = nil }
      return .success(records)
    } catch {
      switch error {
      case .unavailable(_, let reason), .rejected(let reason): note(failedRead: reason)
      case .corrupt:
        state.withLock { $0.failedRead = nil }
        note(error, in: base, isMissing: isMissing)
      case .unknownPartition, .outOfRange, .full, .setBack, .closed, .cancelled: break
      }
      return .failure(error)
    }
  }

  private func openSealed(_ base: UInt64, end: UInt64, from offset: UInt64) throws(EventLogError) -> SealedSegment {
    do throws(FileError) {
      let file = try surroundings.files.open(folder + "/" + SegmentName.text(base), .read)
      let scan = try SegmentScan.sealed(file, base: base, end: end, epoch: epoch)
      return SealedSegment(file: file, end: end, fileEnd: scan.end, index: scan.index)
    } catch {
      guard error.kind == .notFound else { throw EventLogError(reading: error) }
      // Somebody removed it under us: it will not come back by waiting.
      throw .corrupt(
        partition: id, offset: offset, next: end,
        reason: "\(error): offsets \(base) to \(end - 1) cannot be read")
    }
  }

  private func reader(_ segment: SealedSegment) -> SegmentReader {
    SegmentReader(
      partition: id, file: segment.file, epoch: epoch, index: segment.index, end: segment.end, fileEnd: segment.fileEnd)
  }
}
