// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.registration;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.schema.Tables;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;

/// Indexes registrations by their properties: for each term the numbers of the registrations that
/// have it, as a bitmap, cut into chunks so that a change writes little.
public final class SegmentIndex {
  /// Stands for all registrations of the app.
  static final String ALL = "*";

  /// Stands for the registrations that the app has blocked.
  static final String BLOCKED = "b";

  private static final byte[] NOBODY = {};

  /// Orders terms as the index does.
  private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

  private static final String BEGIN =
      "INSERT INTO segment_index (app, term, chunk, numbers) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (app, term, chunk) DO NOTHING";

  private static final String WRITE =
      "UPDATE segment_index SET numbers = ? WHERE app = ? AND term = ? AND chunk = ?";

  private static final String OF_TERM =
      "SELECT numbers FROM segment_index WHERE app = ? AND term = ? ORDER BY chunk";

  /// `;` is the character after `:`.
  private static final String TAGS =
      "SELECT DISTINCT term FROM segment_index"
          + " WHERE app = ? AND term >= 't:' AND term < 't;' AND length(numbers) > 0"
          + " ORDER BY term"
          + Tables.LIMIT;

  /// Finds tags that are stored as hashes; `$` is the character after `#`.
  private static final String HASHED_TAGS =
      "SELECT DISTINCT term FROM segment_index"
          + " WHERE app = ? AND term >= 't#' AND term < 't$' AND length(numbers) > 0"
          + " ORDER BY term"
          + Tables.LIMIT;

  private static final String SOME =
      "SELECT numbers FROM segment_index WHERE app = ? AND term = ? AND length(numbers) > 0"
          + " ORDER BY chunk LIMIT 1";

  private static final String HOLDER =
      Tables.selectFrom(Tables.REGISTRATIONS) + " WHERE number = ?";

  private final BatchSql batchSql;

  SegmentIndex(BatchSql batchSql) {
    this.batchSql = batchSql;
  }

  static String tag(String tag) {
    return IndexTerm.encode('t', tag);
  }

  /// Returns the tags that a registration has; a tag that none has any more stays as an empty row.
  static List<String> tags(SqlSession session, AppId app, int limit) throws SQLException {
    List<String> tags =
        session.query(
            TAGS, row -> row.getString("term").substring(tag("").length()), app.value(), limit);
    List<String> hashed =
        session.query(HASHED_TAGS, row -> row.getString("term"), app.value(), limit - tags.size());
    for (String term : hashed) {
      unhashed(session, app, term).ifPresent(tags::add);
    }
    if (!hashed.isEmpty()) {
      tags.sort(Comparator.comparing(tag -> tag.getBytes(StandardCharsets.UTF_8), BYTES));
    }
    return tags;
  }

  /// Looks up the text of a tag that is stored as a hash in a registration that has it.
  private static Optional<String> unhashed(SqlSession session, AppId app, String term)
      throws SQLException {
    Optional<RoaringBitmap> some =
        session.first(SOME, row -> read(row.getBytes("numbers")), app.value(), term);
    if (some.isEmpty()) {
      return Optional.empty();
    }
    return session
        .first(HOLDER, RegistrationRows::registration, some.get().first())
        .flatMap(
            one -> one.profile().tags().stream().filter(tag -> tag(tag).equals(term)).findFirst());
  }

  public static String platform(String wire) {
    return IndexTerm.encode('p', wire);
  }

  static String region(String region) {
    return IndexTerm.encode('r', region);
  }

  static String attribute(String name, String value) {
    return IndexTerm.encode('v', name, value);
  }

  /// Returns all terms of a registration.
  static Set<String> termsOf(Registration registration) {
    var terms = new TreeSet<String>();
    terms.add(ALL);
    terms.add(platform(registration.device().platform().wire()));
    if (registration.reachability().blocked()) {
      terms.add(BLOCKED);
    }
    registration.profile().tags().forEach(tag -> terms.add(tag(tag)));
    registration.profile().region().ifPresent(region -> terms.add(region(region)));
    registration.device().attributes().forEach((name, value) -> terms.add(attribute(name, value)));
    return terms;
  }

  /// Collects what a group of writes changes. A chunk that several of them change is read and
  /// written once.
  Changes changes() {
    return new Changes();
  }

  private record Chunk(AppId app, String term, int chunk) implements Comparable<Chunk> {
    private static final Comparator<Chunk> ORDER =
        Comparator.comparing((Chunk each) -> each.app().value())
            .thenComparing(Chunk::term)
            .thenComparing(Chunk::chunk);

    Object[] values() {
      return new Object[] {app.value(), term, chunk};
    }

    @Override
    public int compareTo(Chunk other) {
      return ORDER.compare(this, other);
    }
  }

  final class Changes {
    /// Holds for each number whether the term applies to it from now on.
    private final Map<Chunk, Map<Integer, Boolean>> changed = new TreeMap<>();

    private Changes() {}

    void add(AppId app, int number, Set<String> before, Set<String> after) {
      int chunk = NumberChunks.chunk(number);
      before.stream()
          .filter(term -> !after.contains(term))
          .forEach(term -> of(new Chunk(app, term, chunk)).put(number, false));
      after.stream()
          .filter(term -> !before.contains(term))
          .forEach(term -> of(new Chunk(app, term, chunk)).put(number, true));
    }

    private Map<Integer, Boolean> of(Chunk chunk) {
      return changed.computeIfAbsent(chunk, _ -> new HashMap<>());
    }

    /// Writes the changes, in the transaction that changes the registrations. Chunks are locked in
    /// order, so that no two writers wait for each other.
    void write(SqlSession session) throws SQLException {
      List<Object[]> keys = changed.keySet().stream().map(Chunk::values).toList();
      if (keys.isEmpty()) {
        return;
      }
      session.updateEach(
          BEGIN, keys.stream().map(key -> new Object[] {key[0], key[1], key[2], NOBODY}).toList());
      Map<Chunk, RoaringBitmap> stored = new HashMap<>();
      batchSql.lock(
          session,
          Tables.SEGMENT_INDEX,
          List.of("app", "term", "chunk"),
          keys,
          row ->
              stored.put(
                  new Chunk(
                      new AppId(row.getString("app")), row.getString("term"), row.getInt("chunk")),
                  read(row.getBytes("numbers"))));
      var rows = new ArrayList<Object[]>();
      changed.forEach(
          (chunk, numbers) -> {
            RoaringBitmap bits = stored.getOrDefault(chunk, new RoaringBitmap());
            numbers.forEach(
                (number, is) -> {
                  if (is) {
                    bits.add(number);
                  } else {
                    bits.remove(number);
                  }
                });
            rows.add(new Object[] {bytes(bits), chunk.app().value(), chunk.term(), chunk.chunk()});
          });
      session.updateEach(WRITE, rows);
    }
  }

  /// Returns the numbers of all registrations that have a term.
  public static RoaringBitmap registrationNumbers(SqlSession session, AppId app, String term)
      throws SQLException {
    var chunks = new ArrayList<RoaringBitmap>();
    session
        .query(OF_TERM, row -> read(row.getBytes("numbers")), app.value(), term)
        .forEach(chunks::add);
    return RoaringBitmap.or(chunks.iterator());
  }

  /// Returns, by chunk, the numbers of all registrations that have any of these terms.
  static List<RoaringBitmap> registrationNumbers(
      SqlSession session, BatchSql batchSql, AppId app, Collection<String> terms)
      throws SQLException {
    List<Object[]> keys = terms.stream().map(term -> new Object[] {app.value(), term}).toList();
    return batchSql.select(
        session,
        Tables.SEGMENT_INDEX,
        List.of("app", "term"),
        keys,
        row -> read(row.getBytes("numbers")));
  }

  private static RoaringBitmap read(byte[] stored) {
    var numbers = new RoaringBitmap();
    if (stored.length > 0) {
      try {
        numbers.deserialize(ByteBuffer.wrap(stored));
      } catch (IOException e) {
        throw new IllegalStateException("a bitmap of the segment index is broken", e);
      }
    }
    return numbers;
  }

  private static byte[] bytes(RoaringBitmap numbers) {
    if (numbers.isEmpty()) {
      return NOBODY;
    }
    numbers.runOptimize();
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      numbers.serialize(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
    return bytes.toByteArray();
  }
}
