/// The tables. Identifiers are blobs of 16 bytes, times are nanoseconds since 1970, offsets and sequences are the signed
/// numbers of the same 64 bits.
enum Schema {
  /// In `PRAGMA user_version`: how many of `steps` a file has been through.
  static var version: Int64 { Int64(steps.count) }

  /// In `PRAGMA application_id`: "CWIX".
  static let applicationID: Int64 = 0x4357_4958

  /// Each change of the tables, from nothing on; a new one goes to the end. Run with foreign keys off, so that a table can
  /// be replaced.
  static let steps = [creation, gaps, recovery]

  private static let creation = """
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

  private static let gaps = """
    -- What the log lost before it was committed. Ids grow with the commits; `past` is not included.
    CREATE TABLE gaps (
      id INTEGER PRIMARY KEY,
      partition INTEGER NOT NULL REFERENCES partitions (number),
      epoch BLOB NOT NULL CHECK (length(epoch) = 16),
      first INTEGER NOT NULL,
      past INTEGER NOT NULL,
      earliest INTEGER NOT NULL,
      latest INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX gaps_by_partition ON gaps (partition, id);
    """

  /// What snapshots and rebuilds need. SQLite cannot take a constraint away: the table of objects is made anew.
  private static let recovery = """
    -- Grows by one with each commit, over rebuilds too.
    ALTER TABLE partitions ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;
    UPDATE partitions SET commits =
      (SELECT count(DISTINCT flush) FROM objects WHERE partition = partitions.number)
      + (SELECT count(*) FROM gaps WHERE partition = partitions.number);

    CREATE TABLE new_objects (
      id INTEGER PRIMARY KEY,
      partition INTEGER NOT NULL REFERENCES partitions (number),
      key TEXT NOT NULL UNIQUE,
      flush BLOB NOT NULL CHECK (length(flush) = 16),
      size INTEGER NOT NULL,
      -- Not known of what a rebuild found by its footer.
      sha256 BLOB CHECK (length(sha256) = 32),
      format_version INTEGER NOT NULL,
      codec TEXT NOT NULL
    ) STRICT;
    INSERT INTO new_objects SELECT id, partition, key, flush, size, sha256, format_version, codec FROM objects;
    DROP TABLE objects;
    ALTER TABLE new_objects RENAME TO objects;
    CREATE INDEX objects_by_partition ON objects (partition, id);

    -- The generation that a rebuild which is not finished will give, and what it found: encoded snapshots.
    CREATE TABLE rebuild (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      marker BLOB NOT NULL CHECK (length(marker) = 16)
    ) STRICT;
    CREATE TABLE staged (partition INTEGER PRIMARY KEY, encoded BLOB NOT NULL) STRICT;
    """

  /// Made at each opening where they are missing: an older build reads and writes a file with them as well as one without, so
  /// they need no version.
  static let lookUps = """
    CREATE INDEX IF NOT EXISTS dead_letters_by_batch ON dead_letters (producer, sequence) WHERE producer IS NOT NULL;
    CREATE INDEX IF NOT EXISTS dead_letters_by_bytes ON dead_letters (checksum, byte_count) WHERE producer IS NULL;
    """
}
