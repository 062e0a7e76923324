// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.engine.Engine;
import dev.boomerang.web.Route;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The door for Aliyun's mPaaS clients: one endpoint at `/`.
public final class MpaasDialect {
  /// The name under which the engine reports what came in here.
  public static final String ORIGIN = "mpaas";

  private final Gateway gateway;

  public MpaasDialect(Engine engine, MpaasConfig config, Clock clock) {
    gateway = new Gateway(engine.apps(), actions(engine, config), config, clock);
  }

  /// Any method: the gateway has its own answer to those it does not take.
  public List<Route> routes() {
    return List.of(new Route(Route.ANY, "/", gateway));
  }

  private static Map<String, Action> actions(Engine engine, MpaasConfig config) {
    var tokens = new DeliveryTokens(engine.registrations());
    return Stream.of(
            new PushSimple(engine.submissions(), config),
            new RevokePushMessage(engine.recalls()),
            new PushBind(tokens),
            new PushUnBind(tokens),
            new PushReport(tokens),
            new PushQueryDeviceState(engine.registrations()))
        .collect(Collectors.toUnmodifiableMap(Action::name, Function.identity()));
  }
}
