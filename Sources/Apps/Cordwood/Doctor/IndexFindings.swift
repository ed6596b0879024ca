import Application
import SQLiteAdapter

/// What the index file of a data folder means for a server.
struct IndexFindings: Sendable {
  private static let subject = "index"
  private static let rebuild = "run 'cordwood index rebuild', which makes it again from the objects"

  let path: String
  /// There are objects in the store.
  let hasObjects: Bool

  func findings(_ index: Result<SQLiteIndexSurvey?, ChunkIndexError>) -> [Finding] {
    switch index {
    case .success(nil):
      hasObjects
        ? [.error(Self.subject, "'\(path)' is missing, and there are objects", Self.rebuild)]
        : [.ok(Self.subject, "there is none yet: the next start makes it")]
    case .success(let survey?): findings(survey)
    case .failure(let error): [finding(error)]
    }
  }

  private func finding(_ error: ChunkIndexError) -> Finding {
    switch error {
    case .corrupt(let reason): .error(Self.subject, reason, Self.rebuild + "; the file is kept, with another name")
    case .rejected(let reason):
      .error(
        Self.subject, reason, "let the user who runs the server read it; a newer file wants the build that wrote it")
    case .unavailable(_, let reason):
      .error(Self.subject, reason, "look at the device (dmesg, SMART), then run this again")
    case .alreadyInitialised, .lostRace, .wrongGeneration, .tooOld, .cancelled:
      .error(Self.subject, "it cannot be looked at: \(error)", "run this again")
    }
  }

  private func findings(_ survey: SQLiteIndexSurvey) -> [Finding] {
    if case .damaged(let reason) = survey.structure {
      return [
        .error(Self.subject, "'\(path)' is damaged: \(reason)", Self.rebuild + "; the file is kept, with another name")
      ]
    }
    guard let generation = survey.generation else { return [withoutMarker(survey)] }
    var text = "generation \(generation), \(survey.objectCount) objects of \(survey.heads.count) partitions"
    if case .notChecked(let bytes) = survey.structure {
      text += "; its structure is not checked, since it has \(FigureText.bytes(bytes))"
    }
    if survey.schema.found < survey.schema.current {
      text += "; schema \(survey.schema.found), which the next start brings to \(survey.schema.current)"
    }
    return [.ok(Self.subject, text)]
  }

  private func withoutMarker(_ survey: SQLiteIndexSurvey) -> Finding {
    if survey.isBeingRebuilt {
      return .error(
        Self.subject, "a rebuild was begun and did not come to its end", "run 'cordwood index rebuild' again")
    }
    guard hasObjects || survey.objectCount > 0 || !survey.heads.isEmpty else {
      return .ok(Self.subject, "it is new and empty: the next start gives it its generation marker")
    }
    return .error(
      Self.subject, "it has no generation marker: nothing is flushed, and no answer is complete", Self.rebuild)
  }
}
