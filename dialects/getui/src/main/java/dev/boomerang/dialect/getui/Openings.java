// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Trouble;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.Growth;
import dev.boomerang.engine.StopOutcome;
import dev.boomerang.engine.Submission;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Push;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import java.util.List;

/// Tasks whose users are named later, or never.
final class Openings {
  private final Engine engine;

  Openings(Engine engine) {
    this.engine = engine;
  }

  /// `again`: the same call has opened it before.
  record Opened(Task task, boolean again) {}

  Opened open(Push push) {
    Submission outcome = engine.submissions().open(push);
    return new Opened(Pushes.accepted(outcome), !(outcome instanceof Submission.Accepted));
  }

  /// The deliveries of all of these, of those that had one already too.
  List<Delivery> add(AppId app, TaskId task, List<Registration> people) {
    return switch (engine.submissions().add(app, task, Pushes.to(people))) {
      case Growth.Added(var _, var deliveries, var _) -> deliveries;
      case Growth.Closed _ -> throw new GetuiFault(Trouble.Plain.TASK_OVER);
      case Growth.NotFound _ -> throw new GetuiFault(Trouble.Plain.UNKNOWN_TASK);
      case Growth.Refused(var why) -> throw new GetuiFault(Pushes.trouble(why));
    };
  }

  /// Once this has returned, nothing of it leaves us any more.
  void stop(AppId app, TaskId task) {
    switch (engine.stops().stop(app, task, Pushes.ORIGIN)) {
      case StopOutcome.Stopped _ -> {}
      case StopOutcome.NotFound _ -> throw new GetuiFault(Trouble.Plain.UNKNOWN_TASK);
    }
  }

  void withdrawAll(AppId app, RegistrationId registration) {
    engine.recalls().withdrawAll(app, registration, Pushes.ORIGIN);
  }
}
