/// A connection that belongs to a server: of a known protocol or not yet.
protocol ServerConnection: LoopConnection {
  var server: ServerContext { get }
}
