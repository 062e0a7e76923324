// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.BroadcastStore.CloseReason;
import dev.boomerang.port.PacedRunStore;
import dev.boomerang.store.sql.BroadcastRows.Broadcast;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/// Paces, released in the order of the registrations' numbers: chunk by chunk, so that a release
/// reads and writes the one chunk it is at, whatever the audience.
final class SqlPaces implements PacedRunStore {
  private static final int NOBODY = -1;

  private static final String SELECT = Tables.selectFrom(Tables.PACES);
  private static final String FIND = SELECT + " WHERE task_id = ?";
  private static final String RUNNING = SELECT + " WHERE running = 1";
  private static final String MINE = RUNNING + " AND node = ?";

  private static final String COUNT = "SELECT count(*) FROM paces WHERE running = 1 AND app = ?";

  private static final String BEGIN =
      "INSERT INTO paces (task_id, app, pace, audience, released, chunk, running, node,"
          + " leased_until) VALUES (?, ?, ?, ?, 0, 0, ?, "
          + NOBODY
          + ", 0)";

  private static final String END =
      "UPDATE paces SET running = 0 WHERE task_id = ? AND running = 1";

  private static final String LEASE =
      "UPDATE paces SET node = ?, leased_until = ?"
          + " WHERE running = 1 AND (node = ? OR leased_until <= ?)";

  private static final String WENT =
      "UPDATE paces SET released = ?, chunk = ?, running = ? WHERE task_id = ?";

  private static final String NEXT_CHUNK =
      "SELECT chunk FROM broadcast_marks WHERE task_id = ? AND chunk >= ? ORDER BY chunk LIMIT 1";

  /// A row: its run, the first chunk that may have someone to release, and whose it is.
  private record Held(PacedRun pacedRun, int chunk, int node, Instant until) {}

  private record Wish(int node, Instant now, Instant until) {}

  private record Step(TaskId task, int node, int count) {}

  private final Reader reader;
  private final Writer writer;
  private final Bulk bulk;
  private final Known known;
  private final Write<Wish, List<PacedRun>> lease = Write.each(SqlPaces::lease);
  private final Write<Step, Optional<Release>> release = Write.each(this::release);

  SqlPaces(Reader reader, Writer writer, Bulk bulk, Known known) {
    this.reader = reader;
    this.writer = writer;
    this.bulk = bulk;
    this.known = known;
  }

  /// In the transaction that stores the broadcast.
  static void begin(Session session, Task task, SendRate sendRate, long audience)
      throws SQLException {
    session.update(
        BEGIN,
        task.id().value(),
        task.app().value(),
        StoredText.of(PushText.pace(sendRate)),
        audience,
        audience > 0 ? 1 : 0);
  }

  /// In the transaction that closes the broadcast, whose row is locked.
  static void end(Session session, TaskId task) throws SQLException {
    session.update(END, task.value());
  }

  private static Held held(ResultSet row) throws SQLException {
    return new Held(
        new PacedRun(
            new TaskId(row.getLong(1)),
            new AppId(row.getString(2)),
            PushText.pace(Json.parse(row.getString(3))).orElseThrow(),
            row.getLong(4),
            row.getLong(5),
            row.getInt(7) == 1),
        row.getInt(6),
        row.getInt(8),
        Instant.ofEpochMilli(row.getLong(9)));
  }

  private static PacedRun run(ResultSet row) throws SQLException {
    return held(row).pacedRun();
  }

  @Override
  public Optional<PacedRun> find(TaskId task) {
    return reader.read(session -> session.first(FIND, SqlPaces::run, task.value()));
  }

  @Override
  public int running(AppId app) {
    return reader.read(
        session -> session.first(COUNT, row -> row.getInt(1), app.value()).orElse(0));
  }

  /// Writes only where a lease is to be taken, or half of one is over.
  @Override
  public List<PacedRun> lease(int node, Instant now, Instant until) {
    Instant soon = now.plusMillis((until.toEpochMilli() - now.toEpochMilli()) / 2);
    List<Held> running = reader.read(session -> session.query(RUNNING, SqlPaces::held));
    boolean asIs =
        running.stream()
            .allMatch(
                each ->
                    each.node() == node ? each.until().isAfter(soon) : each.until().isAfter(now));
    return asIs
        ? inOrder(running.stream().filter(each -> each.node() == node))
        : writer.submit(lease, new Wish(node, now, until), running.size());
  }

  private static List<PacedRun> lease(Session session, Wish wish) throws SQLException {
    session.update(
        LEASE, wish.node(), wish.until().toEpochMilli(), wish.node(), wish.now().toEpochMilli());
    return inOrder(session.query(MINE, SqlPaces::held, wish.node()).stream());
  }

  /// Sorted here, or SQLite would go through all that ever ran in their order.
  private static List<PacedRun> inOrder(Stream<Held> held) {
    return held.map(Held::pacedRun).sorted(Comparator.comparing(PacedRun::task)).toList();
  }

  @Override
  public Optional<Release> release(TaskId task, int node, int count, Instant now) {
    return writer.submit(release, new Step(task, node, count), 1);
  }

  private Optional<Release> release(Session session, Step step) throws SQLException {
    Broadcast broadcast = known.lock(session, List.of(step.task())).get(step.task());
    Optional<Held> found = session.first(FIND, SqlPaces::held, step.task().value());
    if (broadcast == null
        || broadcast.closeReason() != CloseReason.NO
        || found.isEmpty()
        || !found.get().pacedRun().running()
        || found.get().node() != step.node()) {
      return Optional.empty();
    }
    return Optional.of(release(session, found.get(), step.count()));
  }

  private Release release(Session session, Held held, int count) throws SQLException {
    var released = new RoaringBitmap();
    Optional<Integer> chunk = next(session, held.pacedRun().task(), held.chunk());
    while (chunk.isPresent()) {
      int here = chunk.get();
      boolean more = release(session, held.pacedRun().task(), here, count, released);
      if (more) {
        break;
      }
      chunk = next(session, held.pacedRun().task(), here + 1);
      if (released.getCardinality() == count) {
        break;
      }
    }
    PacedRun before = held.pacedRun();
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
    return new Release(pacedRun, new SqlSegments.Numbers(released));
  }

  /// Releases what is still wanted from one chunk. Tells whether the chunk has more.
  private boolean release(
      Session session, TaskId task, int chunk, int count, RoaringBitmap released)
      throws SQLException {
    var key = new Pages.Key(task, chunk);
    Pages pages = Pages.lock(session, bulk, List.of(key));
    Marks marks = pages.page(key);
    RoaringBitmap places = marks.release(count - released.getCardinality());
    if (!places.isEmpty()) {
      pages.changed(key);
      pages.write(session);
      places.forEach((int place) -> released.add(SqlSegments.number(chunk, place)));
    }
    return marks.holdsSome();
  }

  private static Optional<Integer> next(Session session, TaskId task, int from)
      throws SQLException {
    return session.first(NEXT_CHUNK, row -> row.getInt(1), task.value(), from);
  }
}
