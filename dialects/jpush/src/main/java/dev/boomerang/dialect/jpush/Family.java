// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.web.FieldFault;

/// A family of calls, with what it answers for faults that all calls share.
enum Family {
  PUSH(
      JpushError.AUTHENTICATION,
      JpushError.AUTHENTICATION,
      JpushError.MISSING,
      JpushError.INVALID,
      JpushError.INTERNAL,
      JpushError.TIMEOUT),
  DEVICE(
      JpushError.DEVICE_NO_CREDENTIALS,
      JpushError.DEVICE_AUTHENTICATION,
      JpushError.DEVICE_INVALID,
      JpushError.DEVICE_INVALID,
      JpushError.DEVICE_INTERNAL,
      JpushError.DEVICE_BUSY),
  REPORT(
      JpushError.REPORT_AUTHENTICATION,
      JpushError.REPORT_AUTHENTICATION,
      JpushError.REPORT_INVALID,
      JpushError.REPORT_INVALID,
      JpushError.REPORT_INTERNAL,
      JpushError.REPORT_INTERNAL),
  SCHEDULE(
      JpushError.SCHEDULE_AUTHENTICATION,
      JpushError.SCHEDULE_AUTHENTICATION,
      JpushError.SCHEDULE_INVALID,
      JpushError.SCHEDULE_INVALID,
      JpushError.SCHEDULE_INTERNAL,
      JpushError.SCHEDULE_BUSY),
  FILE(
      JpushError.AUTHENTICATION,
      JpushError.AUTHENTICATION,
      JpushError.MISSING,
      JpushError.INVALID,
      JpushError.INTERNAL,
      JpushError.TIMEOUT);

  private final JpushError noCredentials;
  private final JpushError badCredentials;
  private final JpushError missing;
  private final JpushError invalid;
  private final JpushError internal;
  private final JpushError busy;

  Family(
      JpushError noCredentials,
      JpushError badCredentials,
      JpushError missing,
      JpushError invalid,
      JpushError internal,
      JpushError busy) {
    this.noCredentials = noCredentials;
    this.badCredentials = badCredentials;
    this.missing = missing;
    this.invalid = invalid;
    this.internal = internal;
    this.busy = busy;
  }

  JpushError noCredentials() {
    return noCredentials;
  }

  JpushError badCredentials() {
    return badCredentials;
  }

  /// A fault of our own.
  JpushError internal() {
    return internal;
  }

  /// The store gives no answer: the call may be sent again as it stands.
  JpushError busy() {
    return busy;
  }

  /// What a field that cannot be taken is answered with.
  JpushFault fault(FieldFault fault) {
    JpushError error =
        switch (fault.kind()) {
          case MISSING -> missing;
          case BLANK, MALFORMED, OUT_OF_RANGE -> invalid;
        };
    return new JpushFault(error, fault.sentence());
  }

  int rate(JpushConfig.Rates rates) {
    return switch (this) {
      case PUSH -> rates.push();
      case DEVICE -> rates.device();
      case REPORT -> rates.report();
      case SCHEDULE -> rates.schedule();
      case FILE -> rates.file();
    };
  }
}
