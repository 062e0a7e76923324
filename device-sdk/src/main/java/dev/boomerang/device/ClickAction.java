// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.Objects;

/** What opening a notice should do. */
public final class ClickAction {
  private final String action;
  private final String uri;

  ClickAction(String action, String uri) {
    this.action = action;
    this.uri = uri;
  }

  /** {@code url} or {@code intent}; later servers may know more. */
  public String action() {
    return action;
  }

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
