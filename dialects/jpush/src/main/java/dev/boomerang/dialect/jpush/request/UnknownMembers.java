// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.web.field.Fields;

/// Refuses members that nobody knows, with the error that JPush has for them.
final class UnknownMembers {
  private UnknownMembers() {}

  /// Throws for the first member that was neither read nor ignored.
  static void refuse(Fields fields) {
    fields
        .firstUnread()
        .ifPresent(
            path -> {
              throw new JpushException(
                  JpushError.UNKNOWN_MEMBER, "Unsupported member " + path + ".");
            });
  }
}
