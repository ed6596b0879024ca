import Application
import Domain

/// `cordwood.processor.v1.RecentEventsService` over the `RecentEventsSource` port.
struct RecentEventsService: Sendable {
  static let name = "cordwood.processor.v1.RecentEventsService"

  let source: any RecentEventsSource
  /// Nil: everybody who reaches the port may ask.
  let secret: ClusterSecret?

  var methods: [GRPCMethod] {
    [GRPCMethod("/cordwood.processor.v1.RecentEventsService/Recent") { call in await recent(call) }]
  }

  private func recent(_ call: GRPCCall) async -> GRPCStatus {
    do throws(GRPCStatus) {
      if let secret, !secret.isKnown(in: call.metadata) {
        throw GRPCStatus(
          .unauthenticated, "the cluster secret is missing or differs: set the same one for all services")
      }
      guard let request = try await call.requests.next() else {
        throw GRPCStatus(.unimplemented, "the call has no request message")
      }
      let question = try RecentQuestion(decoding: request)
      var messages = RecentAnswerWriter(try await ask(question))
      while let message = messages.next() { try await call.send(message) }
      return .ok
    } catch { return error }
  }

  /// Off the event loop: to look through all that a partition has in hand takes longer than a loop may be held up.
  private func ask(_ question: RecentQuestion) async throws(GRPCStatus) -> RecentAnswer {
    let answer = await withTaskExecutorPreference(globalConcurrentExecutor) {
      () async -> Result<RecentAnswer, RecentEventsError> in
      do throws(RecentEventsError) {
        return .success(
          try await source.recent(
            in: question.partition, tenant: question.tenant, service: question.service, range: question.range,
            patience: question.patience))
      } catch { return .failure(error) }
    }
    do throws(RecentEventsError) { return try answer.get() } catch { throw GRPCStatus(error) }
  }
}
