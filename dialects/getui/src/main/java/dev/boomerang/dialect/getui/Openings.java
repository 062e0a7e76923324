// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.engine.Engine;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Push;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import java.util.List;

/// Tasks whose users are named later.
final class Openings {
  Openings(Engine engine) {}

  /// `again`: the same call has opened it before.
  record Opened(Task task, boolean again) {}

  Opened open(Push push) {
    throw new UnsupportedOperationException("open");
  }

  List<Delivery> add(AppId app, TaskId task, List<Registration> people) {
    throw new UnsupportedOperationException("add");
  }

  void stop(AppId app, TaskId task) {
    throw new UnsupportedOperationException("stop");
  }

  void withdrawAll(AppId app, RegistrationId registration) {
    throw new UnsupportedOperationException("withdrawAll");
  }
}
