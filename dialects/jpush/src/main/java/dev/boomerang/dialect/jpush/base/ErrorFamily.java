// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A family of calls, with what it answers for faults that all calls share. The one place where
/// this dialect's faults become replies.
public enum ErrorFamily implements ErrorHandler<Reply> {
  PUSH(
      JpushError.AUTHENTICATION,
      JpushError.AUTHENTICATION,
      JpushError.APP_KEY,
      JpushError.MISSING,
      JpushError.INVALID,
      JpushError.INTERNAL,
      JpushError.TIMEOUT),
  /// Template pushes: as [#PUSH], but an error is `{"code", "message"}` without a member around it.
  TEMPLATE(
      JpushError.AUTHENTICATION,
      JpushError.AUTHENTICATION,
      JpushError.APP_KEY,
      JpushError.MISSING,
      JpushError.INVALID,
      JpushError.INTERNAL,
      JpushError.TIMEOUT),
  DEVICE(
      JpushError.DEVICE_NO_CREDENTIALS,
      JpushError.DEVICE_AUTHENTICATION,
      JpushError.DEVICE_APP_KEY,
      JpushError.DEVICE_INVALID,
      JpushError.DEVICE_INVALID,
      JpushError.DEVICE_INTERNAL,
      JpushError.DEVICE_BUSY),
  REPORT(
      JpushError.REPORT_AUTHENTICATION,
      JpushError.REPORT_AUTHENTICATION,
      JpushError.REPORT_AUTHENTICATION,
      JpushError.REPORT_INVALID,
      JpushError.REPORT_INVALID,
      JpushError.REPORT_INTERNAL,
      JpushError.REPORT_INTERNAL),
  SCHEDULE(
      JpushError.SCHEDULE_AUTHENTICATION,
      JpushError.SCHEDULE_AUTHENTICATION,
      JpushError.SCHEDULE_AUTHENTICATION,
      JpushError.SCHEDULE_INVALID,
      JpushError.SCHEDULE_INVALID,
      JpushError.SCHEDULE_INTERNAL,
      JpushError.SCHEDULE_BUSY),
  FILE(
      JpushError.AUTHENTICATION,
      JpushError.AUTHENTICATION,
      JpushError.APP_KEY,
      JpushError.MISSING,
      JpushError.INVALID,
      JpushError.INTERNAL,
      JpushError.TIMEOUT),
  ADMIN(
      JpushError.ADMIN_AUTHENTICATION,
      JpushError.ADMIN_AUTHENTICATION,
      JpushError.ADMIN_AUTHENTICATION,
      JpushError.ADMIN_INVALID,
      JpushError.ADMIN_INVALID,
      JpushError.REPORT_INTERNAL,
      JpushError.REPORT_INTERNAL);

  private final JpushError noCredentials;
  private final JpushError badCredentials;
  private final JpushError noAppKey;
  private final JpushError missing;
  private final JpushError invalid;
  private final JpushError internal;
  private final JpushError busy;

  ErrorFamily(
      JpushError noCredentials,
      JpushError badCredentials,
      JpushError noAppKey,
      JpushError missing,
      JpushError invalid,
      JpushError internal,
      JpushError busy) {
    this.noCredentials = noCredentials;
    this.badCredentials = badCredentials;
    this.noAppKey = noAppKey;
    this.missing = missing;
    this.invalid = invalid;
    this.internal = internal;
    this.busy = busy;
  }

  /// Returns the family of a path, whether anything is there or not.
  public static ErrorFamily ofPath(String path) {
    List<String> parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    if (!parts.getFirst().equals("v3")) {
      return ADMIN;
    }
    return switch (parts.size() > 1 ? parts.get(1) : "") {
      case "devices", "aliases", "tags" -> DEVICE;
      case "received", "messages", "users", "status", "group" -> REPORT;
      case "schedules" -> SCHEDULE;
      case "files" -> FILE;
      case "push" -> parts.size() > 2 && parts.get(2).equals("template") ? TEMPLATE : PUSH;
      default -> PUSH;
    };
  }

  /// Words what is refused before a call is read, with the status that HTTP has for it.
  public Reply refused(Refusal refusal) {
    JpushError error =
        switch (refusal) {
          case Refusal.UnknownPath _ -> JpushError.NOT_FOUND;
          case Refusal.WrongMethod _ -> method();
          case Refusal.Malformed _ -> invalid;
          case Refusal.TooLarge _ -> JpushError.TOO_LARGE;
          case Refusal.TooSlow _, Refusal.Overloaded _, Refusal.TimedOut _ -> busy;
          case Refusal.Failed _ -> internal;
        };
    Reply shaped = reply(new JpushException(error, refusal.message()));
    return new Reply(refusal.status(), shaped.headers(), shaped.body());
  }

  JpushError noCredentials() {
    return noCredentials;
  }

  JpushError badCredentials() {
    return badCredentials;
  }

  /// Returns the error for a name that no app key can have.
  JpushError noAppKey() {
    return noAppKey;
  }

  /// Returns the error of a path that takes other methods.
  JpushError method() {
    return this == ADMIN ? JpushError.ADMIN_METHOD : JpushError.METHOD;
  }

  @Override
  public Optional<Reply> refused(RuntimeException fault) {
    return switch (fault) {
      case JpushException known -> Optional.of(reply(known));
      case InvalidFieldException field -> Optional.of(reply(toFault(field)));
      case RuntimeException _ -> Optional.empty();
    };
  }

  @Override
  public Reply unavailable() {
    return reply(busy.fault());
  }

  @Override
  public Reply broken() {
    return reply(internal.fault());
  }

  /// Returns an error in the shape that this family's clients read.
  Reply reply(JpushException fault) {
    return switch (this) {
      case TEMPLATE -> fault.flatReply();
      case PUSH, DEVICE, REPORT, SCHEDULE, FILE, ADMIN -> fault.reply();
    };
  }

  /// Returns the exception for a field that cannot be taken.
  public JpushException toFault(InvalidFieldException fault) {
    JpushError error =
        switch (fault.kind()) {
          case MISSING -> missing;
          case BLANK, MALFORMED, OUT_OF_RANGE -> invalid;
        };
    return new JpushException(error, fault.description());
  }

  int callsPerMinute(JpushConfig.Rates rates) {
    return switch (this) {
      case PUSH, TEMPLATE -> rates.push();
      case DEVICE -> rates.device();
      case REPORT -> rates.report();
      case SCHEDULE -> rates.schedule();
      case FILE -> rates.file();
      case ADMIN -> 0;
    };
  }
}
