/// The addresses of what operators may do, for server and client.
enum AdminPath {
  static let deadLetterList: StaticString = "/admin/v1/dead-letters/list"
  static let deadLetterShow: StaticString = "/admin/v1/dead-letters/show"
  static let deadLetterReplay: StaticString = "/admin/v1/dead-letters/replay"
  static let deadLetterDrop: StaticString = "/admin/v1/dead-letters/drop"
  static let indexInitialisation: StaticString = "/admin/v1/index/init"
  static let indexEpoch: StaticString = "/admin/v1/index/new-epoch"
  static let indexRebuild: StaticString = "/admin/v1/index/rebuild"
}
