/// What a task asked for since the loop last looked.
struct OutboundOrders {
  enum Ending {
    case complete(HTTPFields)
    /// The body ended short of its announced length: the peer must not take it for whole.
    case incomplete
    case aborted
  }

  var head: HTTPResponseHead?
  var pieces: PieceQueue
  var ending: Ending?
}
