// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.StoreFailure;
import dev.boomerang.web.ApiError;
import dev.boomerang.web.Route;
import dev.boomerang.web.http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// `/health/live`: the process answers. `/health/ready`: it takes calls, and its store takes
/// writes.
///
/// Whether it does is tried by a write, and remembered for a second; a write that fails meanwhile
/// has it tried anew.
public final class Health {
  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final Store store;
  private final BooleanSupplier ready;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private Optional<Checked> last = Optional.empty();

  /// `ready` is false while the server starts or stops.
  public Health(Store store, BooleanSupplier ready, Clock clock) {
    this.store = store;
    this.ready = ready;
    this.clock = clock;
  }

  private record Checked(Instant at, Optional<StoreFailure> failure) {

    /// A clock set back makes it old too.
    boolean isFresh(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(REMEMBERED));
    }
  }

  public List<Route> routes() {
    return List.of(
        new Route("GET", "/health/live", _ -> Reply.json(200, "{\"status\":\"live\"}")),
        new Route("GET", "/health/ready", _ -> readiness()));
  }

  private Reply readiness() {
    if (!ready.getAsBoolean()) {
      return ApiError.of(503, "not-ready", "the server starts or stops");
    }
    return failure()
        .map(cause -> ApiError.of(503, "store-down", "the store takes no writes: " + cause.text()))
        .orElseGet(() -> Reply.json(200, "{\"status\":\"ready\"}"));
  }

  /// Asks the store once; whoever calls meanwhile waits for the same answer.
  private Optional<StoreFailure> failure() {
    asking.lock();
    try {
      Instant now = clock.instant();
      Optional<Checked> known =
          last.filter(it -> it.isFresh(now))
              .filter(it -> it.failure().isPresent() || store.lastWriteFailure().isEmpty());
      Checked answer = known.orElseGet(this::check);
      last = Optional.of(answer);
      return answer.failure();
    } finally {
      asking.unlock();
    }
  }

  private Checked check() {
    Optional<StoreFailure> failure = Optional.empty();
    try {
      store.check();
    } catch (StoreException e) {
      failure = Optional.of(e.failure());
    }
    return new Checked(clock.instant(), failure);
  }
}
