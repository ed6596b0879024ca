/// The ports that the server listens on.
struct ListeningPorts: Hashable, Sendable {
  let grpc: Int
  let http: Int
  let metrics: Int
}
