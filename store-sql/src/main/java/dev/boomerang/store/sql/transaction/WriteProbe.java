// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.transaction;

import dev.boomerang.port.StoreException;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Checks whether writing works, with a row of its own for each open store, so that nodes do not
/// wait for each other. While the disk is full or fails it writes as much as a large push would,
/// and so ends that outage by itself when there is room again.
public final class WriteProbe implements AutoCloseable {
  private static final int LIGHT = 1;

  /// Weighs more than any write that failed before.
  public static final int HEAVY = 1_000_000;

  private static final int LARGE_BYTES = 256 * 1024;
  private static final byte[] NOTHING = {};

  private static final String WRITE =
      "INSERT INTO write_probes (probe, writes, filler) VALUES (?, ?, ?)"
          + " ON CONFLICT (probe) DO UPDATE SET writes = excluded.writes,"
          + " filler = excluded.filler";

  private final Writer writer;
  private final FailureMonitor monitor;
  private final String name = UUID.randomUUID().toString();
  private final AtomicLong writes = new AtomicLong();
  private final WriteHandler<byte[], Integer> writeHandler = WriteHandler.each(this::write);
  private final WriteHandler<String, Integer> remove = WriteHandler.each(WriteProbe::remove);

  public WriteProbe(Writer writer, FailureMonitor monitor) {
    this.writer = writer;
    this.monitor = monitor;
  }

  /// Returns after the commit. Throws [StoreException] if there is none.
  public void write() {
    if (monitor.isDiskOut()) {
      writer.submit(writeHandler, new byte[LARGE_BYTES], HEAVY);
    }
    writer.submit(writeHandler, NOTHING, LIGHT);
  }

  private int write(SqlSession session, byte[] filler) throws SQLException {
    return session.update(WRITE, name, writes.incrementAndGet(), filler);
  }

  private static int remove(SqlSession session, String probe) throws SQLException {
    return session.update("DELETE FROM write_probes WHERE probe = ?", probe);
  }

  /// Deletes its row, if it has written one and can.
  @Override
  public void close() {
    if (writes.get() > 0) {
      try {
        writer.submit(remove, name, LIGHT);
      } catch (StoreException _) {
        // A row of a few bytes stays.
      }
    }
  }
}
