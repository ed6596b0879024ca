/// The tables as version 1 made them, for ever: files of it are out there. A copy on purpose, apart from the adapter's
/// `Schema`: a change there that no file of version 1 has been through must not change what these tests begin with.
enum SchemaVersion1 {
  static let creation = """
    CREATE TABLE generation (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      marker BLOB NOT NULL CHECK (length(marker) = 16)
    ) STRICT;

    -- A row from the first commit on.
    CREATE TABLE partitions (
      number INTEGER PRIMARY KEY,
      epoch BLOB NOT NULL CHECK (length(epoch) = 16),
      watermark INTEGER NOT NULL,
      head BLOB NOT NULL CHECK (length(head) = 16)
    ) STRICT;

    -- Ids grow with the commits.
    CREATE TABLE objects (
      id INTEGER PRIMARY KEY,
      partition INTEGER NOT NULL REFERENCES partitions (number),
      key TEXT NOT NULL UNIQUE,
      flush BLOB NOT NULL CHECK (length(flush) = 16),
      size INTEGER NOT NULL,
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
      format_version INTEGER NOT NULL,
      codec TEXT NOT NULL
    ) STRICT;
    CREATE INDEX objects_by_partition ON objects (partition, id);

    CREATE TABLE tenants (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

    -- Streams that have chunks.
    CREATE TABLE streams (
      id INTEGER PRIMARY KEY,
      tenant INTEGER NOT NULL REFERENCES tenants (id),
      service TEXT NOT NULL,
      UNIQUE (tenant, service)
    ) STRICT;

    -- Partition, tenant and span class again, so that one index serves a look-up.
    CREATE TABLE chunks (
      object INTEGER NOT NULL REFERENCES objects (id),
      ordinal INTEGER NOT NULL,
      partition INTEGER NOT NULL,
      tenant INTEGER NOT NULL,
      stream INTEGER NOT NULL REFERENCES streams (id),
      span_class INTEGER NOT NULL,
      earliest INTEGER NOT NULL,
      latest INTEGER NOT NULL,
      bucket INTEGER NOT NULL,
      byte_start INTEGER NOT NULL,
      byte_end INTEGER NOT NULL,
      directory_start INTEGER NOT NULL,
      directory_end INTEGER NOT NULL,
      event_count INTEGER NOT NULL,
      severities INTEGER NOT NULL,
      PRIMARY KEY (object, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX chunks_by_stream ON chunks (partition, stream, span_class, earliest, latest);
    CREATE INDEX chunks_by_tenant ON chunks (partition, tenant, span_class, earliest, latest);

    -- Which span classes a look-up has to ask for.
    CREATE TABLE span_classes (
      partition INTEGER NOT NULL,
      tenant INTEGER NOT NULL,
      class INTEGER NOT NULL,
      PRIMARY KEY (partition, tenant, class)
    ) STRICT, WITHOUT ROWID;

    -- Names as text: a window may be of a stream that has no chunk.
    CREATE TABLE windows (
      id INTEGER PRIMARY KEY,
      partition INTEGER NOT NULL REFERENCES partitions (number),
      tenant TEXT NOT NULL,
      service TEXT NOT NULL,
      producer BLOB NOT NULL CHECK (length(producer) = 16),
      last_append INTEGER NOT NULL,
      encoded BLOB NOT NULL,
      UNIQUE (partition, tenant, service, producer)
    ) STRICT;
    CREATE INDEX windows_by_age ON windows (partition, last_append);

    -- What the committed flushes wrote to the dead letters: of a batch or an event of it, or of bytes.
    CREATE TABLE dead_letters (
      id INTEGER PRIMARY KEY,
      partition INTEGER NOT NULL REFERENCES partitions (number),
      flush BLOB NOT NULL CHECK (length(flush) = 16),
      producer BLOB,
      tenant TEXT,
      service TEXT,
      sequence INTEGER,
      event_index INTEGER,
      checksum INTEGER NOT NULL,
      byte_count INTEGER,
      CHECK ((producer IS NULL) = (byte_count IS NOT NULL))
    ) STRICT;
    CREATE INDEX dead_letters_by_flush ON dead_letters (partition, flush);
    """
}
