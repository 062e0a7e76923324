// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.model.registration.RegistrationId;

/// The two topics a device has.
final class Topics {
  static final String PUSH = "push/";
  private static final String RECEIPT = "receipt/";

  private Topics() {}

  static boolean isPush(String filter, RegistrationId registration) {
    return is(PUSH, filter, registration);
  }

  static boolean isReceipt(String topic, RegistrationId registration) {
    return is(RECEIPT, topic, registration);
  }

  /// Why a filter that is not the device's own push topic is refused.
  static Reason refusal(String filter) {
    if (filter.startsWith("$share/")) {
      return Reason.SHARED_SUBSCRIPTION;
    }
    return filter.indexOf('#') >= 0 || filter.indexOf('+') >= 0
        ? Reason.WILDCARD
        : Reason.NOT_AUTHORIZED;
  }

  private static boolean is(String prefix, String topic, RegistrationId registration) {
    return topic.length() == prefix.length() + RegistrationId.LENGTH
        && topic.startsWith(prefix)
        && topic.endsWith(registration.value());
  }
}
