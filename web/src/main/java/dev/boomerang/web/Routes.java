// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All routes of a server. Slashes at a path's end and doubled ones do not count. Where several
/// patterns match, a fixed part wins over a name, whatever the methods: `/v3/devices/status` is
/// never a device called `status`.
public final class Routes implements Endpoint {
  private record Entry(PathPattern pattern, Route route) {}

  private final List<Entry> all;

  public Routes(List<Route> all) {
    this.all =
        all.stream()
            .map(route -> new Entry(PathPattern.of(route.pattern()), route))
            .sorted(Comparator.comparing(Entry::pattern))
            .toList();
  }

  /// 404 where no route has the path, 405 where one has but not for the method.
  @Override
  public Reply answer(Call call) {
    List<String> parts = PathPattern.split(call.path());
    Optional<PathPattern> best = Optional.empty();
    for (Entry entry : all) {
      if (best.isPresent() && entry.pattern().compareTo(best.get()) != 0) {
        break;
      }
      Optional<Map<String, String>> caught = entry.pattern().match(parts);
      if (caught.isPresent()) {
        if (entry.route().takes(call.method())) {
          return entry.route().endpoint().answer(call.with(caught.get()));
        }
        best = Optional.of(entry.pattern());
      }
    }
    return best.isPresent()
        ? Problem.of(405, "method-not-allowed", "this path does not take " + call.method())
        : Problem.of(404, "not-found", "there is nothing at this path");
  }
}
