/// Why a batch was refused as a whole: labels of a metric.
package enum BatchRefusal: String, CaseIterable, Sendable {
  case malformed
  case tooLarge = "too-large"
  case invalidTenant = "invalid-tenant"
  case invalidService = "invalid-service"
  case invalidProducer = "invalid-producer"
  case unknownPlacement = "unknown-placement"
}
