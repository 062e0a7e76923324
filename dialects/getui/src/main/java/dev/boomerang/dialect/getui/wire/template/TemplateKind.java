// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire.template;

import dev.boomerang.dialect.getui.wire.proto.GetuiV1.Transparent;
import java.util.Optional;

/// Lists the kinds of messages, in the order of the vendor's template numbers.
///
/// Source: Getui "V1 server SDK", push templates.
public enum TemplateKind {
  NOTIFICATION,
  LINK,
  DOWNLOAD,
  POPUP,
  TRANSMISSION,
  /// Is for Apple's devices only.
  APN,
  /// Is a transmission under the name of another app.
  INC,
  START_ACTIVITY,
  REVOKE;

  /// Returns the kind by the message's number; if it has none, by the name of its push type;
  /// without either, by its steps.
  public static TemplateKind of(Transparent message, String pushType) {
    ActionChains steps = ActionChains.of(message);
    return byNumber(message).or(() -> byName(pushType, steps)).orElseGet(() -> bySteps(steps));
  }

  private static Optional<TemplateKind> byNumber(Transparent message) {
    int number = message.hasTemplateId() ? message.getTemplateId() : -1;
    return number >= 0 && number < values().length
        ? Optional.of(values()[number])
        : Optional.empty();
  }

  private static Optional<TemplateKind> byName(String pushType, ActionChains steps) {
    return switch (pushType) {
      case "NotifyMsg" -> Optional.of(NOTIFICATION);
      case "LinkMsg" -> Optional.of(LINK);
      case "NotyPopLoadTemplate" -> Optional.of(DOWNLOAD);
      case "TransmissionMsg" -> Optional.of(steps.popup().isPresent() ? POPUP : TRANSMISSION);
      case "StartActivity" -> Optional.of(START_ACTIVITY);
      case "Revoke" -> Optional.of(REVOKE);
      case String _ -> Optional.empty();
    };
  }

  private static TemplateKind bySteps(ActionChains steps) {
    if (steps.isEmpty()) {
      return APN;
    }
    if (steps.revoke().isPresent()) {
      return REVOKE;
    }
    if (steps.notification().isEmpty()) {
      return steps.popup().isPresent() ? POPUP : TRANSMISSION;
    }
    if (steps.page().isPresent()) {
      return LINK;
    }
    if (steps.activity().isPresent()) {
      return START_ACTIVITY;
    }
    return steps.download().isPresent() ? DOWNLOAD : NOTIFICATION;
  }
}
