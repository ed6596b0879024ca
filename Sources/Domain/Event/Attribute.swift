/// A key and its value, beside an event's message or shared by a whole batch (resource attributes).
package struct Attribute: Hashable, Sendable {
  package let key: String
  package let value: AttributeValue

  package init(key: String, value: AttributeValue) {
    self.key = key
    self.value = value
  }
}
