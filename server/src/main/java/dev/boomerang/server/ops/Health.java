// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.web.Problem;
import dev.boomerang.web.Reply;
import dev.boomerang.web.Route;
import java.util.List;
import java.util.function.BooleanSupplier;

/// `/health/live`: the process answers. `/health/ready`: it takes calls, and its store would answer
/// too.
public final class Health {
  private final Store store;
  private final BooleanSupplier ready;

  /// `ready` is false while the server starts or stops.
  public Health(Store store, BooleanSupplier ready) {
    this.store = store;
    this.ready = ready;
  }

  public List<Route> routes() {
    return List.of(
        new Route("GET", "/health/live", _ -> Reply.json(200, "{\"status\":\"live\"}")),
        new Route("GET", "/health/ready", _ -> readiness()));
  }

  private Reply readiness() {
    if (!ready.getAsBoolean()) {
      return Problem.of(503, "not-ready", "the server starts or stops");
    }
    try {
      store.check();
      return Reply.json(200, "{\"status\":\"ready\"}");
    } catch (StoreException _) {
      return Problem.of(503, "store-down", "the store does not answer");
    }
  }
}
