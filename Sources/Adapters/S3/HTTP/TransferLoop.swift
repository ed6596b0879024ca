import Domain

/// Drives all transfers on the one thread that it runs on: starts what waits, in order, as many at a time as may be; gives up
/// what was cancelled or is too late; resumes who waits.
final class TransferLoop: Sendable {
  private static let longestWait = Duration.seconds(1)

  private let configuration: HTTPClientConfiguration
  private let inbox: TransferInbox
  private let multi: CurlMulti

  init(_ configuration: HTTPClientConfiguration, _ inbox: TransferInbox, _ multi: CurlMulti) {
    self.configuration = configuration
    self.inbox = inbox
    self.multi = multi
  }

  /// Returns when the inbox was closed; what had not ended then ends with `.closed`.
  func run() {
    var waiting: [PendingTransfer] = []
    var active: [UInt64: PendingTransfer] = [:]
    while true {
      let news = inbox.take()
      waiting += news.submitted
      for number in news.cancelled { give(up: number, &waiting, &active) }
      if news.isClosed { break }
      expire(&waiting)
      start(&waiting, &active)
      multi.perform()
      var hasEnded = false
      while let (number, outcome) = multi.nextEnded() {
        hasEnded = true
        if let transfer = active.removeValue(forKey: number) { end(transfer, outcome) }
      }
      // What has ended makes room for what waits.
      if !(hasEnded && !waiting.isEmpty) { multi.wait(milliseconds: patience(waiting)) }
    }
    for (number, transfer) in active {
      multi.remove(number: number)
      end(transfer, .failure(.closed))
    }
    for transfer in waiting { end(transfer, .failure(.closed)) }
  }

  private func start(_ waiting: inout [PendingTransfer], _ active: inout [UInt64: PendingTransfer]) {
    let count = min(waiting.count, configuration.maximumTransfers - active.count)
    guard count > 0 else { return }
    for transfer in waiting.prefix(count) {
      do throws(HTTPTransferError) {
        let left = transfer.deadline - .now
        let running = try CurlTransfer(transfer.request, timeout: left, configuration)
        guard multi.add(running, number: transfer.number) else {
          throw .broken(reason: "libcurl has no memory for a request")
        }
        active[transfer.number] = transfer
      } catch {
        end(transfer, .failure(error))
      }
    }
    waiting.removeFirst(count)
  }

  /// Those on the wire have libcurl's own time-out.
  private func expire(_ waiting: inout [PendingTransfer]) {
    let now = ContinuousClock.now
    waiting.removeAll { transfer in
      guard transfer.deadline <= now else { return false }
      end(
        transfer, .failure(.timedOut(reason: "it waited for one of \(configuration.maximumTransfers) transfers to end"))
      )
      return true
    }
  }

  private func give(
    up number: UInt64, _ waiting: inout [PendingTransfer], _ active: inout [UInt64: PendingTransfer]
  ) {
    if let transfer = active.removeValue(forKey: number) {
      multi.remove(number: number)
      end(transfer, .failure(.cancelled))
    } else if let index = waiting.firstIndex(where: { $0.number == number }) {
      end(waiting.remove(at: index), .failure(.cancelled))
    }
  }

  private func end(_ transfer: PendingTransfer, _ outcome: PendingTransfer.Outcome) {
    inbox.ended()
    transfer.continuation.resume(returning: outcome)
  }

  private func patience(_ waiting: [PendingTransfer]) -> Int {
    let now = ContinuousClock.now
    let next = waiting.map { $0.deadline - now }.min() ?? Self.longestWait
    // One more: cut to whole milliseconds it would be asked again just before its time.
    return Int(min(max(next, .zero), Self.longestWait).wholeMilliseconds) + 1
  }
}
