// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds the dialect that owns a path, whether it has a route there or not.
final class RouteOwners {
  private record Prefix(List<String> parts, Dialect dialect) {
    /// `/` owns itself and nothing below.
    boolean owns(List<String> path) {
      return parts.isEmpty()
          ? path.isEmpty()
          : path.size() >= parts.size() && path.subList(0, parts.size()).equals(parts);
    }
  }

  private final List<Prefix> prefixes;

  RouteOwners(List<Dialect> dialects) {
    prefixes =
        dialects.stream()
            .flatMap(
                dialect ->
                    dialect.prefixes().stream()
                        .map(prefix -> new Prefix(PathPattern.split(prefix), dialect)))
            .sorted(Comparator.comparing((Prefix prefix) -> prefix.parts().size()).reversed())
            .toList();
  }

  /// Goes over an answer before it leaves.
  interface Finish {
    Reply over(Call call, Reply reply);
  }

  private Optional<Dialect> of(List<String> path) {
    return prefixes.stream().filter(prefix -> prefix.owns(path)).findFirst().map(Prefix::dialect);
  }

  /// Returns what is done to every answer at this path: a 405 of an endpoint's own gets the
  /// `allowed` methods.
  Finish finish(List<String> path, Supplier<? extends Collection<String>> allowed) {
    Optional<Dialect> owner = of(path);
    return (call, reply) -> {
      Reply whole = reply.status() == 405 ? reply.withAllow(allowed.get()) : reply;
      return owner.map(it -> it.finish(call, whole)).orElse(whole);
    };
  }

  Reply refuse(Refusal refusal, Call head) {
    Optional<Dialect> owner = of(PathPattern.split(head.path()));
    Reply worded = owner.map(it -> it.refuse(refusal, head)).orElseGet(refusal::plain);
    Reply whole = refusal.withHeaders(worded);
    return owner.map(it -> it.finish(head, whole)).orElse(whole);
  }
}
