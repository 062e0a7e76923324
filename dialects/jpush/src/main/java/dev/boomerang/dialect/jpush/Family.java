// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

/// A family of calls, with what it answers for faults that all calls share.
enum Family {
  PUSH(
      JpushError.AUTHENTICATION,
      JpushError.AUTHENTICATION,
      JpushError.MISSING,
      JpushError.INVALID),
  DEVICE(
      JpushError.DEVICE_NO_CREDENTIALS,
      JpushError.DEVICE_AUTHENTICATION,
      JpushError.DEVICE_INVALID,
      JpushError.DEVICE_INVALID),
  REPORT(
      JpushError.REPORT_AUTHENTICATION,
      JpushError.REPORT_AUTHENTICATION,
      JpushError.REPORT_INVALID,
      JpushError.REPORT_INVALID),
  SCHEDULE(
      JpushError.SCHEDULE_AUTHENTICATION,
      JpushError.SCHEDULE_AUTHENTICATION,
      JpushError.SCHEDULE_INVALID,
      JpushError.SCHEDULE_INVALID),
  FILE(
      JpushError.AUTHENTICATION,
      JpushError.AUTHENTICATION,
      JpushError.MISSING,
      JpushError.INVALID);

  private final JpushError noCredentials;
  private final JpushError badCredentials;
  private final JpushError missing;
  private final JpushError invalid;

  Family(
      JpushError noCredentials,
      JpushError badCredentials,
      JpushError missing,
      JpushError invalid) {
    this.noCredentials = noCredentials;
    this.badCredentials = badCredentials;
    this.missing = missing;
    this.invalid = invalid;
  }

  JpushError noCredentials() {
    return noCredentials;
  }

  JpushError badCredentials() {
    return badCredentials;
  }

  JpushError missing() {
    return missing;
  }

  JpushError invalid() {
    return invalid;
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
