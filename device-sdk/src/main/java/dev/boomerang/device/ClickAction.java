// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.Objects;

/** Says what opening a notification should do. Immutable. */
public final class ClickAction {
  private final String action;
  private final String uri;

  ClickAction(String action, String uri) {
    this.action = action;
    this.uri = uri;
  }

  /** Returns the kind, {@code url} or {@code intent}; later servers may know more. */
  public String action() {
    return action;
  }

  /** Returns what to open. */
  public String uri() {
    return uri;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClickAction
        && ((ClickAction) other).action.equals(action)
        && ((ClickAction) other).uri.equals(uri);
  }

  @Override
  public int hashCode() {
    return Objects.hash(action, uri);
  }

  @Override
  public String toString() {
    return action + " " + uri;
  }
}
