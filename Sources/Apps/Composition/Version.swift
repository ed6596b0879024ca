/// The version of all programs of the project: they are released together.
package enum Version {
  package static let text = "0.1.0"
}
