// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import dev.boomerang.gateway.session.ReasonCode;
import dev.boomerang.model.registration.RegistrationId;

/// Knows the two topics of a device: `push/{id}` and `receipt/{id}`.
public final class Topics {
  static final String PUSH = "push/";
  private static final String RECEIPT = "receipt/";

  private Topics() {}

  public static boolean isPush(String filter, RegistrationId registration) {
    return is(PUSH, filter, registration);
  }

  public static boolean isReceipt(String topic, RegistrationId registration) {
    return is(RECEIPT, topic, registration);
  }

  /// Returns why a filter that is not the device's own push topic is refused.
  public static ReasonCode refusal(String filter) {
    if (filter.startsWith("$share/")) {
      return ReasonCode.SHARED_SUBSCRIPTION;
    }
    return filter.indexOf('#') >= 0 || filter.indexOf('+') >= 0
        ? ReasonCode.WILDCARD
        : ReasonCode.NOT_AUTHORIZED;
  }

  private static boolean is(String prefix, String topic, RegistrationId registration) {
    return topic.length() == prefix.length() + RegistrationId.LENGTH
        && topic.startsWith(prefix)
        && topic.endsWith(registration.value());
  }
}
