package import Application
package import Threads

/// What operators may do with a running server, below `/admin/v1/` of its metrics port.
///
/// Every address asks for `Authorization: Bearer <token>`. The token is new with each start and lies in the data folder,
/// readable for its owner alone: who may read the data may operate the server.
package struct AdminAPI: Sendable {
  let routes: [Route]

  /// - Parameters:
  ///   - token: 32 characters at least, of ASCII.
  ///   - pool: Runs the operations and writes their answers, so that the event loops stay free.
  package init(token: String, deadLetters: any DeadLetterOperations, index: any IndexOperations, pool: ThreadPool) {
    precondition(token.utf8.count >= 32, "a token that can be guessed")
    let endpoints: [(StaticString, any Endpoint)] = [
      (AdminPath.deadLetterList, DeadLetterListEndpoint(operations: deadLetters, pool: pool)),
      (AdminPath.deadLetterShow, DeadLetterShowEndpoint(operations: deadLetters, pool: pool)),
      (AdminPath.deadLetterReplay, DeadLetterReplayEndpoint(operations: deadLetters, pool: pool)),
      (AdminPath.deadLetterDrop, DeadLetterDropEndpoint(operations: deadLetters, pool: pool)),
      (AdminPath.indexInitialisation, IndexInitialisationEndpoint(operations: index, pool: pool)),
      (AdminPath.indexEpoch, IndexEpochEndpoint(operations: index, pool: pool)),
      (AdminPath.indexRebuild, IndexRebuildEndpoint(operations: index, pool: pool)),
    ]
    routes = endpoints.map { path, endpoint in
      Route(
        method: "POST", path: path, endpoint: AuthorizedEndpoint(token: Array(token.utf8), endpoint: endpoint))
    }
  }
}
