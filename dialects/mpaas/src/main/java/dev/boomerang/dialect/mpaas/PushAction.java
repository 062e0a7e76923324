// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.model.push.Content.Action;
import java.util.Optional;

/// What opening a notification does: 0 opens a URL, 1 an Android activity.
final class PushAction {
  private static final String PUSH_ACTION = "PushAction";

  private PushAction() {}

  static Optional<Action> read(Args args) {
    return read(args, PUSH_ACTION);
  }

  static Optional<Action> read(Args args, String parameter) {
    return args.flag(parameter).map(intent -> intent ? Action.INTENT : Action.URL);
  }

  static String number(Action action) {
    return switch (action) {
      case URL -> "0";
      case INTENT -> "1";
    };
  }
}
