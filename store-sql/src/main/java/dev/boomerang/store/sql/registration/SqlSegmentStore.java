// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.registration;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.SegmentStore;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.QueryRunner;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/// Answers segments with set algebra over the bitmaps of [SegmentIndex].
public final class SqlSegmentStore implements SegmentStore {

  private static final String ALIASED =
      "SELECT number FROM registrations WHERE app = ? AND alias = ?";

  private static final String OF_USER =
      "SELECT number FROM registrations WHERE app = ? AND user_id = ?";

  private static final String REGISTERED =
      "SELECT number FROM registrations WHERE app = ? AND id = ?";

  /// Finds registrations that were bound to a user between two times, or unbound between two times.
  private static final String COVERED =
      "SELECT number FROM registrations WHERE app = ? AND blocked = 0"
          + " AND (user_id IS NOT NULL AND bound_at >= ? AND bound_at <= ?"
          + " OR user_id IS NULL AND bound_at >= ? AND bound_at <= ?)";

  private final QueryRunner queryRunner;
  private final BatchSql batchSql;

  public SqlSegmentStore(QueryRunner queryRunner, BatchSql batchSql) {
    this.queryRunner = queryRunner;
    this.batchSql = batchSql;
  }

  @Override
  public RegistrationSet resolve(AppId app, Segment segment) {
    return new RegistrationNumbers(
        queryRunner.readSnapshot(
            session -> new SegmentQuery(session, batchSql, app).evaluate(segment)));
  }

  @Override
  public RegistrationSet resolve(AppId app, Audience.Everyone rule) {
    Segment on =
        rule.platform()
            .<Segment>map(Segment.OnPlatform::new)
            .orElseGet(() -> new Segment.All(List.of()))
            .reachable();
    return new RegistrationNumbers(
        queryRunner.readSnapshot(
            session -> {
              RoaringBitmap numbers = new SegmentQuery(session, batchSql, app).evaluate(on);
              if (!rule.equals(Audience.Everyone.all(rule.platform()))) {
                numbers.and(bound(session, app, rule));
              }
              return numbers;
            }));
  }

  private static RoaringBitmap bound(SqlSession session, AppId app, Audience.Everyone rule)
      throws SQLException {
    var numbers = new RoaringBitmap();
    session
        .query(
            COVERED,
            row -> row.getInt("number"),
            app.value(),
            from(rule.bound()),
            to(rule.bound()),
            from(rule.unbound()),
            to(rule.unbound()))
        .forEach(numbers::add);
    return numbers;
  }

  private static long from(Optional<TimeRange> timeRange) {
    return timeRange.map(its -> its.from().toEpochMilli()).orElse(1L);
  }

  /// Returns the end of a range; without a range, one that makes it empty.
  private static long to(Optional<TimeRange> timeRange) {
    return timeRange.map(its -> its.to().toEpochMilli()).orElse(0L);
  }

  @Override
  public RegistrationSet of(Collection<RegistrationId> ids) {
    List<Object[]> keys = ids.stream().distinct().map(id -> new Object[] {id.value()}).toList();
    var numbers = new RoaringBitmap();
    return queryRunner.read(
        session -> {
          batchSql
              .select(
                  session,
                  Tables.AUDIENCE_ATTRIBUTES,
                  List.of("id"),
                  keys,
                  NumberedRegistration::read)
              .forEach(each -> numbers.add(each.number()));
          return new RegistrationNumbers(numbers);
        });
  }

  @Override
  public List<Registration> registrations(RegistrationSet registrationSet) {
    return registrations(bits(registrationSet));
  }

  private List<Registration> registrations(RoaringBitmap bits) {
    List<Object[]> numbers = new ArrayList<>();
    bits.forEach((int number) -> numbers.add(new Object[] {(long) number}));
    return queryRunner.read(
        session ->
            batchSql.select(
                session,
                Tables.REGISTRATIONS,
                List.of("number"),
                numbers,
                RegistrationRows::registration));
  }

  /// Returns some registrations of a set. A number whose registration was removed since finds none,
  /// so this goes on until there is one.
  @Override
  public List<Registration> sample(RegistrationSet registrationSet, int limit) {
    RoaringBitmap left = bits(registrationSet).clone();
    List<Registration> found = List.of();
    while (found.isEmpty() && !left.isEmpty()) {
      RoaringBitmap part = left.limit(limit);
      found = registrations(part);
      left.andNot(part);
    }
    return found;
  }

  @Override
  public List<String> tags(AppId app, int limit) {
    return queryRunner.read(session -> SegmentIndex.tags(session, app, limit));
  }

  @Override
  public Set<RegistrationId> intersect(
      RegistrationSet registrationSet, Collection<RegistrationId> ids) {
    RoaringBitmap bits = bits(registrationSet);
    List<Object[]> keys = ids.stream().distinct().map(id -> new Object[] {id.value()}).toList();
    var found = new HashSet<RegistrationId>();
    return queryRunner.read(
        session -> {
          batchSql
              .select(
                  session,
                  Tables.AUDIENCE_ATTRIBUTES,
                  List.of("id"),
                  keys,
                  NumberedRegistration::read)
              .forEach(
                  each -> {
                    if (bits.contains(each.number())) {
                      found.add(each.id());
                    }
                  });
          return found;
        });
  }

  private static RoaringBitmap bits(RegistrationSet registrationSet) {
    return RegistrationNumbers.of(registrationSet).bits();
  }

  /// Evaluates one segment of one app against one snapshot of the database.
  private record SegmentQuery(SqlSession session, BatchSql batchSql, AppId app) {

    RoaringBitmap evaluate(Segment segment) throws SQLException {
      return switch (segment) {
        case Segment.HasTag(String tag) -> term(SegmentIndex.tag(tag));
        case Segment.OnPlatform(var platform) -> term(SegmentIndex.platform(platform.wire()));
        case Segment.InRegion(String region) -> term(SegmentIndex.region(region));
        case Segment.HasAttribute(String name, String value) ->
            term(SegmentIndex.attribute(name, value));
        case Segment.Blocked() -> term(SegmentIndex.BLOCKED);
        case Segment.HasAlias(String alias) -> column(ALIASED, alias);
        case Segment.HasUser(String user) -> column(OF_USER, user);
        case Segment.RegistrationIs(RegistrationId id) -> column(REGISTERED, id.value());
        case Segment.All(var parts) -> all(parts);
        case Segment.Any(var parts) -> any(parts);
        case Segment.Not(Segment part) ->
            RoaringBitmap.andNot(term(SegmentIndex.ALL), evaluate(part));
      };
    }

    private RoaringBitmap all(List<Segment> parts) throws SQLException {
      if (parts.isEmpty()) {
        return term(SegmentIndex.ALL);
      }
      RoaringBitmap result = evaluate(parts.getFirst());
      for (Segment part : parts.subList(1, parts.size())) {
        result.and(evaluate(part));
      }
      return result;
    }

    /// Tags, of which there may be many, are read at once.
    private RoaringBitmap any(List<Segment> parts) throws SQLException {
      var each = new ArrayList<RoaringBitmap>();
      var terms = new LinkedHashSet<String>();
      for (Segment part : parts) {
        if (part instanceof Segment.HasTag(String tag)) {
          terms.add(SegmentIndex.tag(tag));
        } else {
          each.add(evaluate(part));
        }
      }
      each.addAll(SegmentIndex.registrationNumbers(session, batchSql, app, terms));
      return RoaringBitmap.or(each.iterator());
    }

    private RoaringBitmap term(String term) throws SQLException {
      return SegmentIndex.registrationNumbers(session, app, term);
    }

    private RoaringBitmap column(String sql, String value) throws SQLException {
      var numbers = new RoaringBitmap();
      session.query(sql, row -> row.getInt("number"), app.value(), value).forEach(numbers::add);
      return numbers;
    }
  }
}
