// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All routes of a server, asked in order.
public final class Routes implements Endpoint {
  private final List<Route> all;

  public Routes(List<Route> all) {
    this.all = List.copyOf(all);
  }

  /// 404 where no route has the path, 405 where one has but not for the method.
  @Override
  public Reply answer(Call call) {
    boolean known = false;
    for (Route route : all) {
      Optional<Map<String, String>> caught = route.match(call.path());
      if (caught.isPresent()) {
        if (route.takes(call.method())) {
          return route.endpoint().answer(call.with(caught.get()));
        }
        known = true;
      }
    }
    return known
        ? Problem.of(405, "method-not-allowed", "this path does not take " + call.method())
        : Problem.of(404, "not-found", "there is nothing at this path");
  }
}
