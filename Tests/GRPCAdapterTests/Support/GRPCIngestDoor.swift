import Application
import Domain
import EventIngestContract
import InProcessAdapter
import Transport

@testable import GRPCAdapter

/// The gRPC door: a raw client that also sends what breaks the rules.
struct GRPCIngestDoor: IngestDoor {
  enum Way: String, CaseIterable, Sendable { case push, pushOnce }

  let client: HTTP2Client
  let server: ServerAddress
  let way: Way
  let clock = SystemClock()

  func terms(tenant: String) async throws(IngestRefusal) -> IngestTerms {
    do throws(GRPCStatus) {
      let message = try await ClientRequest.unary([], head("Describe", tenant), on: client)
      do throws(DecodingError) { return try IngestTerms(describeResponse: message.span) } catch {
        throw GRPCStatus(.internalError, error.description)
      }
    } catch { throw IngestRefusal(error) }
  }

  func push(_ batch: IngestDraft, tenant: String) async throws(IngestRefusal) -> BatchOutcome {
    var placement: UInt32 = 0
    if let given = batch.placement {
      placement = given
    } else {
      placement = try await terms(tenant: tenant).placementVersion
    }
    let request = Wire().message(1, wire(batch, placement)).varint(2, UInt64(batch.age.wholeMilliseconds)).bytes
    do throws(GRPCStatus) {
      switch way {
      case .pushOnce:
        return try Self.outcome(try await ClientRequest.unary(request, head("PushOnce", tenant), on: client))
      case .push: return try await pushOnStream(request, tenant)
      }
    } catch { throw IngestRefusal(error) }
  }

  private func pushOnStream(_ request: [UInt8], _ tenant: String) async throws(GRPCStatus) -> BatchOutcome {
    let response = try await ClientRequest.unary(request, head("Push", tenant), on: client)
    let answer: BatchAnswer
    do throws(DecodingError) { answer = try PushResponseMessage(decoding: response.span).answer } catch {
      throw GRPCStatus(.internalError, error.description)
    }
    switch answer {
    case .outcome(let outcome): return outcome
    case .rejected(let reason): throw GRPCStatus(.invalidArgument, reason)
    }
  }

  /// `PushOnceResponse` has `Accepted` under another number than `PushResponse`.
  private static func outcome(_ bytes: [UInt8]) throws(GRPCStatus) -> BatchOutcome {
    do throws(DecodingError) {
      var cursor = WireCursor(0..<bytes.count)
      switch try cursor.tag(bytes.span) {
      case IngestorFields.PushOnceResponse.accepted:
        return try OutcomeMessages.accepted(bytes.span, try cursor.payload(bytes.span))
      case IngestorFields.PushOnceResponse.deadLettered:
        return try OutcomeMessages.deadLettered(bytes.span, try cursor.payload(bytes.span))
      default: throw DecodingError(.malformed, at: 0, "no outcome")
      }
    } catch { throw GRPCStatus(.internalError, error.description) }
  }

  private func head(_ method: String, _ tenant: String) -> HTTPRequestHead {
    HTTPRequestHead(
      method: "POST", target: "/\(IngestService.name)/\(method)", authority: server.description,
      fields: [
        "te": "trailers", "content-type": "application/grpc", TenantID.metadataKey: PercentEncoding.encode(tenant),
      ])
  }

  private func wire(_ batch: IngestDraft, _ placement: UInt32) -> Wire {
    var wire = Wire().varint(2, batch.sequence).text(3, batch.service).varint(4, UInt64(placement))
    if let producer = batch.producer {
      var bytes: [UInt8] = []
      producer.value.append(to: &bytes)
      wire = wire.bytes(1, bytes)
    }
    for event in batch.events {
      let time = UInt64(bitPattern: (event.time ?? clock.now()).nanoseconds)
      wire = wire.message(8, Wire().fixed64(1, time).bytes(4, event.message).bytes(5, event.traceID))
    }
    return wire
  }
}

extension IngestRefusal {
  init(_ status: GRPCStatus) {
    switch status.code {
    case .invalidArgument, .resourceExhausted: self = .rejected(reason: status.message)
    case .unavailable: self = .unavailable(retryAfter: status.retryAfter)
    case .cancelled: self = .cancelled
    default: self = .rejected(reason: "unexpected status \(status)")
    }
  }
}
