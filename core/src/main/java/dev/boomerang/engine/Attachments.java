// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.RegistrationId;
import dev.boomerang.port.Attachment;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who is connected to this node.
public final class Attachments {
  private final Map<RegistrationId, Attachment> live = new ConcurrentHashMap<>();

  Attachments() {}

  public int size() {
    return live.size();
  }

  public boolean has(RegistrationId registration) {
    return live.containsKey(registration);
  }

  Optional<Attachment> of(RegistrationId registration) {
    return Optional.ofNullable(live.get(registration));
  }

  /// The newest connection of a registration is the one; the one before it is told to end.
  void attach(RegistrationId registration, Attachment attachment) {
    Attachment before = live.put(registration, attachment);
    if (before != null && before != attachment) {
      before.end(Attachment.End.TAKEN_OVER);
    }
  }

  /// Does nothing if another connection has taken over meanwhile.
  void detach(RegistrationId registration, Attachment attachment) {
    live.remove(registration, attachment);
  }
}
