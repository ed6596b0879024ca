/// What has a window of sequences: a producer, in one stream.
package struct WindowKey: Hashable, Comparable, Sendable {
  package let producer: ProducerID
  package let stream: StreamID

  package init(producer: ProducerID, stream: StreamID) {
    self.producer = producer
    self.stream = stream
  }

  package static func < (left: WindowKey, right: WindowKey) -> Bool {
    left.stream == right.stream ? left.producer < right.producer : left.stream < right.stream
  }
}
