/// How often a processor says that it lives, and for how long that holds.
package struct AnnounceProcessorConfiguration: Sendable {
  /// Between two announcements when nothing changes. What changes is announced at once.
  package var interval = Duration.seconds(3)
  /// After this without an announcement the processor counts as gone. Over three intervals, so that one that is lost or late
  /// does no harm.
  package var lifetime = Duration.seconds(10)
  /// After an announcement that failed; below `interval`, so that a directory that comes back is filled soon.
  package var retryWait = Duration.seconds(1)
  /// What an announcement, and the withdrawal at the end, may take.
  package var deadline = Duration.seconds(2)

  package init() {}
}
