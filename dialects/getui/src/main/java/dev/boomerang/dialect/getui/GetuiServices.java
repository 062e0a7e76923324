// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.dialect.getui.access.Authenticator;
import dev.boomerang.dialect.getui.access.LoginTokens;
import dev.boomerang.dialect.getui.limit.QuotaCounter;
import dev.boomerang.dialect.getui.push.AppPushes;
import dev.boomerang.dialect.getui.push.ListPushes;
import dev.boomerang.dialect.getui.push.OpenTasks;
import dev.boomerang.dialect.getui.push.PushMapper;
import dev.boomerang.dialect.getui.push.SinglePushes;
import dev.boomerang.dialect.getui.push.TaskOperations;
import dev.boomerang.dialect.getui.push.TaskResolver;
import dev.boomerang.dialect.getui.push.TaskRevoker;
import dev.boomerang.dialect.getui.report.ReportQueries;
import dev.boomerang.dialect.getui.user.RecipientLookup;
import dev.boomerang.dialect.getui.user.UserDirectory;
import dev.boomerang.engine.Engine;
import java.security.SecureRandom;
import java.time.Clock;

/// What the three protocols share, put together over an engine. There is one for all of them: a
/// log-in, a quota and a task are the same whichever is spoken.
public final class GetuiServices {
  /// The name of all three protocols in metrics, and the origin of what comes in by them.
  public static final String ORIGIN = PushMapper.ORIGIN;

  private final GetuiConfig config;
  private final Clock clock;
  private final Authenticator callers;
  private final LoginTokens tokens;
  private final QuotaCounter quotas;
  private final SinglePushes singles;
  private final ListPushes lists;
  private final AppPushes appPushes;
  private final TaskOperations tasks;
  private final UserDirectory users;
  private final ReportQueries reports;

  public GetuiServices(Engine engine, GetuiConfig config, SecureRandom random, Clock clock) {
    this.config = config;
    this.clock = clock;
    callers = new Authenticator(engine.apps(), config.clockTolerance(), clock);
    tokens = new LoginTokens(engine.uploads(), config.tokenLife(), random, clock);
    quotas = new QuotaCounter(config.quotas(), config.zone(), clock);
    var people = new RecipientLookup(engine.registrations(), config.idle(), clock);
    var known = new TaskResolver(engine.tasks(), engine.schedules());
    var openings = new OpenTasks(engine);
    var revokes = new TaskRevoker(engine, known, openings, clock);
    singles = new SinglePushes(engine, people, openings, revokes, quotas);
    lists = new ListPushes(people, openings, revokes, known, quotas);
    appPushes = new AppPushes(engine, openings, revokes, known, quotas, clock);
    tasks = new TaskOperations(engine, openings, known, clock);
    users = new UserDirectory(engine.registrations(), quotas, config.cidsPerAlias());
    reports =
        new ReportQueries(
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

  public Authenticator callers() {
    return callers;
  }

  public LoginTokens tokens() {
    return tokens;
  }

  public QuotaCounter quotas() {
    return quotas;
  }

  public SinglePushes singles() {
    return singles;
  }

  public ListPushes lists() {
    return lists;
  }

  public AppPushes appPushes() {
    return appPushes;
  }

  public TaskOperations tasks() {
    return tasks;
  }

  public UserDirectory users() {
    return users;
  }

  public ReportQueries reports() {
    return reports;
  }
}
