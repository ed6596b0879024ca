package import Domain

/// What following files is told besides which ones.
package struct TailOptions: Sendable {
  package var tenant: TenantID
  /// For lines that name no service; nil for one made from the file's name.
  package var service: ServiceName?
  /// How lines are read.
  package var lines = EventReaderOptions()
  /// What every event gets beside its own attributes.
  package var attributes: [Attribute] = []
  /// Takes attributes from the path; what it calls `service` is the service, unless one is given.
  package var pathPattern: FileNamePattern?
  /// Whether files that are there when the journal is new are begun at their end.
  package var startsAtEnd = false
  package var partialLineTimeout = Duration.seconds(5)
  package var multilineTimeout = Duration.seconds(1)
  /// How long to gather lines before they are cut.
  package var batchWait = Duration.milliseconds(100)
  package var findInterval = Duration.seconds(10)
  package var copySettle = Duration.seconds(10)
  /// How long a source without a file is remembered: a folder that cannot be seen for a while must not be read again from
  /// the beginning when it is back.
  package var forgetAfter = Duration.seconds(3_600)
  package var maximumOpenFiles = 512
  /// An open file that has not changed for so long is closed.
  package var closeAfter = Duration.seconds(300)
  /// Bytes of batches that are not acknowledged, in the journal and in memory, at which reading stops.
  package var spoolBytes = 16 << 20
  package var stopTimeout = Duration.seconds(3)
  package var window = SendWindow.Limits()
  package var turn = TurnLimits()

  package init(tenant: TenantID) { self.tenant = tenant }
}
