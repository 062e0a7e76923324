// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.text.Preconditions;
import java.util.Optional;

/// A target is one name in an [Audience], with the caller's own message id for it if there is one.
/// That id and the name together find the message again when it is recalled. `content` takes the
/// place of the push's for this target.
public record Target(String name, Optional<String> messageId, Optional<Content> content) {
  public Target {
    Preconditions.checkText("target", name, 1, 512);
  }

  public static Target of(String name) {
    return new Target(name, Optional.empty(), Optional.empty());
  }

  public static Target of(String name, String messageId) {
    return new Target(name, Optional.of(messageId), Optional.empty());
  }
}
