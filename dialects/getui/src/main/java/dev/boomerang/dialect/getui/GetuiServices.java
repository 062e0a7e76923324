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

/// Builds what the three protocols share, over an engine. There is one of these for all of them: a
/// log-in, a quota and a task are the same in every protocol.
public final class GetuiServices {
  /// Names all three protocols in metrics, and is the origin of the tasks that come by them.
  public static final String ORIGIN = PushMapper.ORIGIN;

  private final GetuiConfig config;
  private final Clock clock;
  private final Authenticator authenticator;
  private final LoginTokens tokens;
  private final QuotaCounter quotas;
  private final SinglePushes singlePushes;
  private final ListPushes listPushes;
  private final AppPushes appPushes;
  private final TaskOperations tasks;
  private final UserDirectory users;
  private final ReportQueries reports;

  public GetuiServices(Engine engine, GetuiConfig config, SecureRandom random, Clock clock) {
    this.config = config;
    this.clock = clock;
    authenticator = new Authenticator(engine.apps(), config.clockTolerance(), clock);
    tokens = new LoginTokens(engine.uploads(), config.tokenLife(), random, clock);
    quotas = new QuotaCounter(config.quotas(), config.zone(), clock);
    var recipients = new RecipientLookup(engine.registrations(), config.idle(), clock);
    var taskResolver = new TaskResolver(engine.tasks(), engine.schedules());
    var openTasks = new OpenTasks(engine);
    var revoker = new TaskRevoker(engine, taskResolver, openTasks, clock);
    singlePushes = new SinglePushes(engine, recipients, openTasks, revoker, quotas);
    listPushes = new ListPushes(recipients, openTasks, revoker, taskResolver, quotas);
    appPushes = new AppPushes(engine, openTasks, revoker, taskResolver, quotas, clock);
    tasks = new TaskOperations(engine, openTasks, taskResolver, clock);
    users = new UserDirectory(engine.registrations(), quotas, config.cidsPerAlias());
    reports =
        new ReportQueries(
            engine.tasks(),
            engine.statistics(),
            engine.registrations(),
            engine.connections(),
            taskResolver,
            config.zone(),
            clock);
  }

  public GetuiConfig config() {
    return config;
  }

  public Clock clock() {
    return clock;
  }

  public Authenticator authenticator() {
    return authenticator;
  }

  public LoginTokens tokens() {
    return tokens;
  }

  public QuotaCounter quotas() {
    return quotas;
  }

  public SinglePushes singlePushes() {
    return singlePushes;
  }

  public ListPushes listPushes() {
    return listPushes;
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
