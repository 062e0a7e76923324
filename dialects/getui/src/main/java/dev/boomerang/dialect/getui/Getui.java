// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.dialect.getui.access.Callers;
import dev.boomerang.dialect.getui.access.Tokens;
import dev.boomerang.dialect.getui.limit.Quotas;
import dev.boomerang.engine.Engine;
import java.security.SecureRandom;
import java.time.Clock;

/// What the three protocols share, put together over an engine. There is one for all of them: a
/// log-in, a quota and a task are the same whichever is spoken.
public final class Getui {
  /// The name of all three protocols in metrics, and the origin of what comes in by them.
  public static final String ORIGIN = Pushes.ORIGIN;

  private final GetuiConfig config;
  private final Clock clock;
  private final Callers callers;
  private final Tokens tokens;
  private final Quotas quotas;
  private final Singles singles;
  private final Lists lists;
  private final AppPushes appPushes;
  private final TaskCalls tasks;
  private final Users users;
  private final Reports reports;

  public Getui(Engine engine, GetuiConfig config, SecureRandom random, Clock clock) {
    this.config = config;
    this.clock = clock;
    callers = new Callers(engine.apps(), config.clockTolerance(), clock);
    tokens = new Tokens(engine.uploads(), config.tokenLife(), random, clock);
    quotas = new Quotas(config.quotas(), config.zone(), clock);
    var people = new People(engine.registrations(), config.idle(), clock);
    var known = new Known(engine.tasks(), engine.schedules());
    var openings = new Openings(engine);
    var revokes = new Revokes(engine, known, openings, clock);
    singles = new Singles(engine, people, openings, revokes, quotas);
    lists = new Lists(people, openings, revokes, known, quotas);
    appPushes = new AppPushes(engine, openings, revokes, known, quotas, clock);
    tasks = new TaskCalls(engine, openings, known, clock);
    users = new Users(engine.registrations(), quotas, config.cidsPerAlias());
    reports =
        new Reports(
            engine.tasks(),
            engine.statistics(),
            engine.registrations(),
            engine.connections(),
            known,
            config.zone(),
            clock);
  }

  public GetuiConfig config() {
    return config;
  }

  public Clock clock() {
    return clock;
  }

  public Callers callers() {
    return callers;
  }

  public Tokens tokens() {
    return tokens;
  }

  public Quotas quotas() {
    return quotas;
  }

  public Singles singles() {
    return singles;
  }

  public Lists lists() {
    return lists;
  }

  public AppPushes appPushes() {
    return appPushes;
  }

  public TaskCalls tasks() {
    return tasks;
  }

  public Users users() {
    return users;
  }

  public Reports reports() {
    return reports;
  }
}
