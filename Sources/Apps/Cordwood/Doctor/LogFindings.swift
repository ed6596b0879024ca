import Application
import DiskAdapter
import Domain
import SQLiteAdapter

/// What the log of a data folder means for a server, beside what the index knows of it.
struct LogFindings: Sendable {
  private static let newEpoch = "put the old log back; if it is gone: start the server, then 'cordwood index new-epoch'"
  /// For what the index does not know of: the server then goes on without a word.
  private static let emptyLog =
    "put the old log back; without it the next start begins an empty one, and no answer names what was in the old one"

  /// Where the partitions stand in the index; empty where there is none.
  let heads: [PartitionID: SQLiteIndexSurvey.Head]
  /// The index has its generation marker, which no start writes before the log is there with all its partitions.
  let hasServed: Bool

  /// - Parameter log: Nil if there is none.
  func findings(_ log: LogSurvey?) -> [Finding] {
    guard let log else {
      return heads.isEmpty && !hasServed
        ? [.ok("log", "there is none yet: the next start makes it")]
        : [.error("log", "it is missing, and the index knows of one", heads.isEmpty ? Self.emptyLog : Self.newEpoch)]
    }
    return log.partitions.flatMap { id, found in findings(id, found) } + missing(in: log)
  }

  /// Partitions that the index or the log's own list has, and no folder.
  private func missing(in log: LogSurvey) -> [Finding] {
    var findings: [Finding] = []
    var expected = Set(heads.keys)
    do throws(EventLogError) {
      let count = try log.partitionCount.get()
      expected.formUnion((0..<count).map { PartitionID($0) })
    } catch { findings.append(unreadable("log", error)) }
    return findings
      + expected.subtracting(log.partitions.map(\.id)).sorted().map { id -> Finding in
        heads[id] == nil
          ? .error(subject(id), "it is missing, and the log was made with it", Self.emptyLog)
          : .error(subject(id), "it is missing, and the index knows of it", Self.newEpoch)
      }
  }

  private func unreadable(_ subject: String, _ error: EventLogError) -> Finding {
    switch error {
    case .rejected(let reason), .unavailable(_, let reason):
      .error(subject, reason, "the server does not start before this is mended")
    case .unknownPartition, .outOfRange, .corrupt, .full, .setBack, .closed, .cancelled:
      .error(subject, "it cannot be looked at: \(error)", "run this again")
    }
  }

  private func subject(_ id: PartitionID) -> String { "log, partition \(id)" }

  private func findings(_ id: PartitionID, _ found: Result<PartitionSurvey, EventLogError>) -> [Finding] {
    switch found {
    case .failure(let error): return [unreadable(subject(id), error)]
    case .success(let survey):
      let wrong = standing(survey) + damage(survey)
      return wrong.contains { $0.grade == .error } ? wrong : [sound(survey)] + wrong
    }
  }

  /// Whether the partition can go on where the index left it.
  private func standing(_ survey: PartitionSurvey) -> [Finding] {
    let subject = subject(survey.partition)
    guard survey.epoch != nil || survey.segments == 0 else {
      return [
        .error(
          subject, "no header of its \(survey.segments) segments can be read, so nobody knows what in them is a record",
          "put the log back from a copy; the next start sets the files aside and begins an empty log")
      ]
    }
    guard let head = heads[survey.partition] else {
      let isEmptied = survey.segments == 0 && survey.damage.isEmpty && hasServed
      return isEmptied ? [.error(subject, "it has no segment, and a server began one", Self.emptyLog)] : []
    }
    guard survey.epoch == head.epoch else {
      return [
        .error(
          subject,
          "it is \(survey.epoch.map { "of epoch \($0)" } ?? "empty"), the index of epoch \(head.epoch): the log "
            + "was deleted or replaced", Self.newEpoch)
      ]
    }
    if let end = survey.end, end < head.watermark {
      return [
        .error(
          subject,
          "it ends at offset \(end), and everything below \(head.watermark) is in objects: "
            + (survey.tornBytes > 0
              ? "its last \(survey.tornBytes) bytes are damaged" : "it was set back to an older copy"),
          "put the newer one back; docs/operations.md, \"A replaced log\", says what to do if it is gone")
      ]
    }
    if survey.start > head.watermark {
      return [
        .error(
          subject, "offsets \(head.watermark) to \(survey.start - 1) are gone, and were not in objects",
          "put back the older segments; without them the next start goes on behind a gap, which every answer names")
      ]
    }
    return []
  }

  private func damage(_ survey: PartitionSurvey) -> [Finding] {
    let subject = subject(survey.partition)
    let advice =
      "the server reads on behind it, and names what is lost in every answer; look at the device (dmesg, SMART)"
    return survey.damage.map { .error(subject, $0, advice) }
      + survey.damagedHeaders.map {
        .warning(subject, "a header is damaged, which costs nothing: \($0)", "look at the device (dmesg, SMART)")
      }
      + survey.keptFiles.map {
        .warning(
          subject, "something in '\($0)' is damaged, or was missing",
          "look at it, and remove it when it is of no more use")
      }
  }

  private func sound(_ survey: PartitionSurvey) -> Finding {
    let end = survey.end.map { "\($0)" } ?? "an end that was not looked for"
    var text = "offsets \(survey.start) to \(end)"
    if let head = heads[survey.partition] { text += ", below \(head.watermark) in objects" }
    if let epoch = survey.epoch { text += "; epoch \(epoch)" }
    text += "; \(survey.segmentsRead) of \(survey.segments) segments read, \(FigureText.bytes(survey.bytes)) in all"
    if survey.tornBytes > 0 {
      text += "; the next start takes \(survey.tornBytes) bytes off its end, which a crash left and nobody was told of"
    }
    return .ok(subject(survey.partition), text)
  }
}
