// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.BroadcastStore.CloseReason;
import dev.boomerang.port.PacedRunStore;
import dev.boomerang.store.sql.broadcast.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.codec.Json;
import dev.boomerang.store.sql.codec.PushCodec;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.registration.NumberChunks;
import dev.boomerang.store.sql.registration.RegistrationNumbers;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/// Releases paced runs in the order of registration numbers, chunk by chunk, so that a release
/// reads and writes the one chunk it is at, whatever the audience.
public final class SqlPacedRunStore implements PacedRunStore {
  private static final String SELECT = Tables.selectFrom(Tables.PACED_RUNS);
  private static final String FIND = SELECT + " WHERE task_id = ?";
  private static final String RUNNING = SELECT + " WHERE running = 1";
  private static final String MINE = RUNNING + " AND node = ?";

  private static final String COUNT =
      "SELECT count(*) AS runs FROM paced_runs WHERE running = 1 AND app = ?";

  private static final String LEASE =
      "UPDATE paced_runs SET node = ?, leased_until = ?"
          + " WHERE running = 1 AND (node = ? OR leased_until <= ?)";

  private static final String WENT =
      "UPDATE paced_runs SET released = ?, chunk = ?, running = ? WHERE task_id = ?";

  private static final String NEXT_CHUNK =
      "SELECT chunk FROM broadcast_states WHERE task_id = ? AND chunk >= ? ORDER BY chunk LIMIT 1";

  /// Holds a row: its run, the first chunk that may have registrations to release, and its lease.
  private record StoredRun(PacedRun pacedRun, int chunk, int node, Instant until) {}

  private record LeaseRequest(int node, Instant now, Instant until) {}

  private record ReleaseRequest(TaskId task, int node, int count) {}

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final BatchSql batchSql;
  private final BroadcastIndex broadcastIndex;
  private final WriteHandler<LeaseRequest, List<PacedRun>> lease =
      WriteHandler.each(SqlPacedRunStore::lease);
  private final WriteHandler<ReleaseRequest, Optional<Release>> release =
      WriteHandler.each(this::release);

  public SqlPacedRunStore(
      QueryRunner queryRunner, Writer writer, BatchSql batchSql, BroadcastIndex broadcastIndex) {
    this.queryRunner = queryRunner;
    this.writer = writer;
    this.batchSql = batchSql;
    this.broadcastIndex = broadcastIndex;
  }

  private static StoredRun held(Row row) throws SQLException {
    return new StoredRun(
        new PacedRun(
            new TaskId(row.getLong("task_id")),
            new AppId(row.getString("app")),
            PushCodec.sendRate(Json.parse(row.getString("send_rate"))).orElseThrow(),
            row.getLong("audience"),
            row.getLong("released"),
            row.getFlag("running")),
        row.getInt("chunk"),
        row.getInt("node"),
        row.getInstant("leased_until"));
  }

  private static PacedRun run(Row row) throws SQLException {
    return held(row).pacedRun();
  }

  @Override
  public Optional<PacedRun> find(TaskId task) {
    return queryRunner.read(session -> session.first(FIND, SqlPacedRunStore::run, task.value()));
  }

  @Override
  public int running(AppId app) {
    return queryRunner.read(
        session -> session.first(COUNT, row -> row.getInt("runs"), app.value()).orElse(0));
  }

  /// Extends this node's leases. It writes only if a lease is free, or half of one is over.
  @Override
  public List<PacedRun> lease(int node, Instant now, Instant until) {
    Instant soon = now.plusMillis((until.toEpochMilli() - now.toEpochMilli()) / 2);
    List<StoredRun> running =
        queryRunner.read(session -> session.query(RUNNING, SqlPacedRunStore::held));
    boolean asIs =
        running.stream()
            .allMatch(
                each ->
                    each.node() == node ? each.until().isAfter(soon) : each.until().isAfter(now));
    return asIs
        ? inOrder(running.stream().filter(each -> each.node() == node))
        : writer.submit(lease, new LeaseRequest(node, now, until), running.size());
  }

  private static List<PacedRun> lease(SqlSession session, LeaseRequest leaseRequest)
      throws SQLException {
    session.update(
        LEASE,
        leaseRequest.node(),
        leaseRequest.until().toEpochMilli(),
        leaseRequest.node(),
        leaseRequest.now().toEpochMilli());
    return inOrder(session.query(MINE, SqlPacedRunStore::held, leaseRequest.node()).stream());
  }

  /// Sorts runs by task. SQLite would go through all that ever ran if asked for this order.
  private static List<PacedRun> inOrder(Stream<StoredRun> storedRun) {
    return storedRun.map(StoredRun::pacedRun).sorted(Comparator.comparing(PacedRun::task)).toList();
  }

  @Override
  public Optional<Release> release(TaskId task, int node, int count, Instant now) {
    return writer.submit(release, new ReleaseRequest(task, node, count), 1);
  }

  private Optional<Release> release(SqlSession session, ReleaseRequest releaseRequest)
      throws SQLException {
    Broadcast broadcast =
        broadcastIndex.lock(session, List.of(releaseRequest.task())).get(releaseRequest.task());
    Optional<StoredRun> found =
        session.first(FIND, SqlPacedRunStore::held, releaseRequest.task().value());
    if (broadcast == null
        || broadcast.closeReason() != CloseReason.NO
        || found.isEmpty()
        || !found.get().pacedRun().running()
        || found.get().node() != releaseRequest.node()) {
      return Optional.empty();
    }
    return Optional.of(release(session, found.get(), releaseRequest.count()));
  }

  private Release release(SqlSession session, StoredRun storedRun, int count) throws SQLException {
    var released = new RoaringBitmap();
    Optional<Integer> chunk = next(session, storedRun.pacedRun().task(), storedRun.chunk());
    while (chunk.isPresent()) {
      int here = chunk.get();
      boolean more = release(session, storedRun.pacedRun().task(), here, count, released);
      if (more) {
        break;
      }
      chunk = next(session, storedRun.pacedRun().task(), here + 1);
      if (released.getCardinality() == count) {
        break;
      }
    }
    PacedRun before = storedRun.pacedRun();
    long all = before.released() + released.getCardinality();
    PacedRun pacedRun =
        new PacedRun(
            before.task(),
            before.app(),
            before.sendRate(),
            before.audience(),
            all,
            chunk.isPresent() && all < before.audience());
    session.update(
        WENT,
        pacedRun.released(),
        chunk.orElse(0),
        pacedRun.running() ? 1 : 0,
        pacedRun.task().value());
    return new Release(pacedRun, new RegistrationNumbers(released));
  }

  /// Releases what is still wanted from one chunk. Returns whether the chunk has more.
  private boolean release(
      SqlSession session, TaskId task, int chunk, int count, RoaringBitmap released)
      throws SQLException {
    var key = new BitmapChunks.Key(task, chunk);
    BitmapChunks bitmapChunks = BitmapChunks.lock(session, batchSql, List.of(key));
    StateBitmaps stateBitmaps = bitmapChunks.chunk(key);
    RoaringBitmap places = stateBitmaps.release(count - released.getCardinality());
    if (!places.isEmpty()) {
      bitmapChunks.setChanged(key);
      bitmapChunks.write(session);
      places.forEach((int place) -> released.add(NumberChunks.number(chunk, place)));
    }
    return stateBitmaps.hasPending();
  }

  private static Optional<Integer> next(SqlSession session, TaskId task, int from)
      throws SQLException {
    return session.first(NEXT_CHUNK, row -> row.getInt("chunk"), task.value(), from);
  }
}
