/// What a store can do beyond what all can.
package struct ObjectStoreAbilities: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Tells whether a key is taken in the same step as the write.
  package static let putIfAbsent = ObjectStoreAbilities(rawValue: 1)

  package static let all: ObjectStoreAbilities = [.putIfAbsent]
}
