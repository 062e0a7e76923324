// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.content;

import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.push.Content.Action;
import java.util.Optional;

/// Reads what a click on a notification does: 0 opens a URL, 1 an Android activity.
public final class ClickActionParam {
  private static final String PUSH_ACTION = "PushAction";

  private ClickActionParam() {}

  public static Optional<Action> read(ActionParams params) {
    return read(params, PUSH_ACTION);
  }

  public static Optional<Action> read(ActionParams params, String parameter) {
    return params.flag(parameter).map(intent -> intent ? Action.INTENT : Action.URL);
  }

  public static String number(Action action) {
    return switch (action) {
      case URL -> "0";
      case INTENT -> "1";
    };
  }
}
