// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.AddTargetsResult;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.recall.StopResult;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import java.util.List;

/// Opens tasks whose users are named later, or never, and adds users to them.
public final class OpenTasks {
  private final Engine engine;

  public OpenTasks(Engine engine) {
    this.engine = engine;
  }

  /// Is an open task; `repeated` says that the same call has opened it before.
  record Opened(Task task, boolean repeated) {}

  /// Stores a task without users and returns it; with the request key of an earlier one, returns
  /// that. Once this has returned, the task survives a crash.
  Opened open(Push push) {
    SubmitResult result = engine.submissions().open(push);
    return new Opened(PushMapper.accepted(result), !(result instanceof SubmitResult.Accepted));
  }

  /// Returns the deliveries of all these users, also of those that had one before.
  List<Delivery> add(AppId app, TaskId task, List<Registration> registrations) {
    return switch (engine.submissions().add(app, task, PushMapper.targets(registrations))) {
      case AddTargetsResult.Added(var _, var deliveries, var _) -> deliveries;
      case AddTargetsResult.Closed _ -> throw new GetuiException(ErrorKind.Simple.TASK_OVER);
      case AddTargetsResult.NotFound _ -> throw new GetuiException(ErrorKind.Simple.UNKNOWN_TASK);
      case AddTargetsResult.Refused(var why) -> throw new GetuiException(PushMapper.errorKind(why));
    };
  }

  /// Stops a task. Once this has returned, nothing of it leaves the server any more.
  void stop(AppId app, TaskId task) {
    switch (engine.stops().stop(app, task, PushMapper.ORIGIN)) {
      case StopResult.Stopped _ -> {}
      case StopResult.NotFound _ -> throw new GetuiException(ErrorKind.Simple.UNKNOWN_TASK);
    }
  }

  /// Takes back everything of the app that this user has not opened and that is not too old to be
  /// recalled, also what another dialect has pushed.
  void withdrawAll(AppId app, RegistrationId registration) {
    engine.recalls().withdrawAll(app, registration, PushMapper.ORIGIN);
  }
}
