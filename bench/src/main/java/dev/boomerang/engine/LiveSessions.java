// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.RegistrationId;
import dev.boomerang.port.Attachment;

/// The sessions of connected devices, for load drivers that measure the gateway without what comes
/// before it. In this package because nobody else has any business with them.
public final class LiveSessions {
  private final Attachments attachments;

  public LiveSessions(Engine engine) {
    this.attachments = engine.attachments();
  }

  /// Throws if it is not connected.
  public Attachment of(RegistrationId registration) {
    return attachments.of(registration).orElseThrow();
  }
}
