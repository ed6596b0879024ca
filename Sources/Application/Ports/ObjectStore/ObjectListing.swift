package import Domain

/// One page of a listing.
package struct ObjectListing: Hashable, Sendable {
  package let keys: [ObjectKey]
  /// Nil on the last page.
  package let next: String?

  package init(keys: [ObjectKey], next: String?) {
    self.keys = keys
    self.next = next
  }
}
