/// How much of a request's head is taken. Beyond: 414 or 431.
struct HTTPHeadLimits: Sendable, Equatable {
  var maxTargetBytes: Int
  var maxHeaderBytes: Int
  var maxFields: Int
}
