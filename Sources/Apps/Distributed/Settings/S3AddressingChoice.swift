/// How the URL of an object names its bucket.
enum S3AddressingChoice: String, CaseIterable, Sendable {
  case path
  case virtualHost = "virtual-host"
}
