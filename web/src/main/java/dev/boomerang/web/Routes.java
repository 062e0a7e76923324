// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.web.RouteOwners.Finish;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// All routes of a server. Slashes at a path's end and doubled ones do not count. Where several
/// patterns match, a fixed part wins over a name, whatever the methods: `/v3/devices/status` is
/// never a device called `status`. HEAD goes wherever GET does, and OPTIONS tells what a path
/// takes.
public final class Routes implements RequestRouter, Endpoint {
  private static final String GET = "GET";
  private static final String HEAD = "HEAD";
  private static final String OPTIONS = "OPTIONS";

  /// The methods that OPTIONS names for a path whose endpoint looks at the method itself.
  private static final List<String> OF_ANY = List.of(GET, "POST");

  /// The answer to `OPTIONS *`, which is about the server as a whole.
  private static final Match OF_THE_SERVER =
      new Match.Found(
          _ ->
              Reply.empty(204)
                  .withAllow(List.of(GET, HEAD, "POST", "PUT", "PATCH", "DELETE", OPTIONS)),
          HeadAuthenticator.NONE);

  private record Entry(PathPattern pattern, Route route) {}

  /// A route that matches a path, with the values of the names in its pattern.
  private record Hit(Route route, Map<String, String> caught) {}

  private final List<Entry> all;
  private final RouteOwners routeOwners;

  /// Routes of no dialect.
  public Routes(List<Route> all) {
    this(all, new RouteOwners(List.of()));
  }

  /// Creates the routes of `dialects`, and `others` that belong to none.
  public Routes(List<Dialect> dialects, List<Route> others) {
    this(
        Stream.concat(
                dialects.stream().flatMap(dialect -> dialect.routes().stream()), others.stream())
            .toList(),
        new RouteOwners(dialects));
  }

  private Routes(List<Route> all, RouteOwners routeOwners) {
    this.routeOwners = routeOwners;
    this.all =
        all.stream()
            .map(route -> new Entry(PathPattern.of(route.pattern()), route))
            .sorted(Comparator.comparing(Entry::pattern))
            .toList();
  }

  @Override
  public Match match(Call head) {
    if (head.method().equals(OPTIONS) && head.path().equals("*")) {
      return OF_THE_SERVER;
    }
    List<String> parts = PathPattern.split(head.path());
    List<Hit> hits = hits(parts);
    if (hits.isEmpty()) {
      return new Match.None(new Refusal.UnknownPath());
    }
    String method = head.method();
    Finish finish = routeOwners.finish(parts, () -> allowed(hits));
    if (method.equals(OPTIONS)
        && hits.stream().noneMatch(it -> it.route().method().equals(method))) {
      return new Match.Found(
          call -> finish.over(call, Reply.empty(204).withAllow(allowed(hits))),
          HeadAuthenticator.NONE);
    }
    return find(hits, method)
        .map(hit -> serve(hit, finish))
        .or(
            () ->
                Optional.of(hits)
                    .filter(_ -> method.equals(HEAD))
                    .flatMap(all -> find(all, GET))
                    .map(hit -> serve(asGet(hit), finish)))
        .orElseGet(() -> new Match.None(new Refusal.WrongMethod(method, allowed(hits))));
  }

  /// Returns the hit for this method alone, or else the one for any method.
  private static Optional<Hit> find(List<Hit> hits, String method) {
    return hits.stream()
        .filter(hit -> hit.route().method().equals(method))
        .findFirst()
        .or(() -> hits.stream().filter(hit -> hit.route().takes(method)).findFirst());
  }

  private static SortedSet<String> allowed(List<Hit> hits) {
    var methods = new TreeSet<String>();
    for (Hit hit : hits) {
      String method = hit.route().method();
      methods.addAll(method.equals(Route.ANY) ? OF_ANY : List.of(method));
    }
    if (methods.contains(GET)) {
      methods.add(HEAD);
    }
    methods.add(OPTIONS);
    return methods;
  }

  /// Returns the route of GET for HEAD; the server strips the body again.
  private static Hit asGet(Hit hit) {
    Endpoint endpoint = hit.route().endpoint();
    return new Hit(hit.route().with(call -> endpoint.answer(call.as(GET))), hit.caught());
  }

  private static Match serve(Hit hit, Finish finish) {
    Route route = hit.route();
    return new Match.Found(
        call -> finish.over(call, route.endpoint().answer(call.with(hit.caught()))),
        head -> route.authenticator().check(head.with(hit.caught())));
  }

  /// Returns the routes of the most specific pattern that matches a path.
  private List<Hit> hits(List<String> parts) {
    Optional<PathPattern> best = Optional.empty();
    var hits = new ArrayList<Hit>();
    for (Entry entry : all) {
      if (best.isPresent() && entry.pattern().compareTo(best.get()) != 0) {
        break;
      }
      Optional<Map<String, String>> caught = entry.pattern().match(parts);
      if (caught.isPresent()) {
        best = Optional.of(entry.pattern());
        hits.add(new Hit(entry.route(), caught.get()));
      }
    }
    return hits;
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    return routeOwners.refuse(refusal, head);
  }

  /// Both steps at once, for a call that is whole.
  @Override
  public Reply answer(Call call) {
    return switch (match(call)) {
      case Match.Found(Endpoint endpoint, var _) -> endpoint.answer(call);
      case Match.None(Refusal refusal) -> refuse(refusal, call);
    };
  }
}
