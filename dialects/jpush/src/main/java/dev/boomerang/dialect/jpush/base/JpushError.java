// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.ErrorRow;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;

/// Lists every error of the dialect. Families have their own codes for the same thing. What only
/// the vendor has reason to answer (its prices, its blacklist) is here too, so that the table is
/// whole.
///
/// Source: JPush "REST API v3: push, device, report, schedule", return codes.
public enum JpushError implements ErrorRow {
  /// The status is also the code: the vendor publishes none for it, and clients read a number.
  NOT_FOUND(404, 404, "there is nothing at this path"),
  INTERNAL(1000, 500, "internal error"),
  METHOD(1001, 405, "this call takes another method"),
  MISSING(1002, 400, "Missing parameter."),
  INVALID(1003, 400, "Parameter value is invalid."),
  AUTHENTICATION(1004, 401, "Authen failed"),
  TOO_LARGE(1005, 400, "The message is too large."),
  APP_KEY(1008, 400, "app_key is invalid"),
  UNKNOWN_MEMBER(1009, 400, "Unsupported member."),
  NO_TARGET(1011, 400, "cannot find user by this audience"),
  LIMIT(1012, 400, "A limit of pushes is reached."),
  HTTPS_ONLY(1020, 404, "Only HTTPS is supported."),
  TIMEOUT(1030, 503, "internal timeout, try again"),
  COMBINATION(1035, 400, "These options do not go together."),
  FILE_PERMISSION(1105, 403, "No permission for the file API."),
  RATE(2002, 429, "Rate limit exceeded"),
  BLOCKED(2003, 403, "The appKey is in black list."),
  CALLER_ADDRESS(2004, 403, "The caller's address is not on the whitelist."),
  VOLUME(2005, 403, "More than a reasonable volume is sent."),
  VIP(2006, 403, "Only for VIP."),
  PERMISSION(2007, 403, "No permission."),
  BROADCASTS(2008, 403, "The day's broadcasts are used up."),

  DEVICE_INTERNAL(7000, 500, "internal error"),
  DEVICE_NO_CREDENTIALS(7001, 401, "Basic authentication is missing"),
  DEVICE_INVALID(7002, 400, "Parameter value is invalid."),
  DEVICE_AUTHENTICATION(7004, 401, "Basic authentication failed"),
  DEVICE_APP_KEY(7008, 400, "app_key is invalid"),
  DEVICE_SOME_INVALID(7013, 400, "Some parameter values are invalid."),
  DEVICE_ALIAS_FULL(7015, 400, "The alias is bound to too many devices."),
  DEVICE_BUSY(7030, 503, "The server is busy, try again."),

  /// The reports' code, which the admin API uses too.
  REPORT_INTERNAL(10, 500, "internal error"),
  REPORT_PERMISSION(2003, 403, "No permission."),
  REPORT_AUTHENTICATION(3001, 401, "Basic authentication failed"),
  REPORT_INVALID(3002, 400, "Invalid parameter."),
  REPORT_TIME_UNIT(3004, 400, "time_unit and start do not match"),
  REPORT_SPAN(3005, 400, "Only 60 days can be asked for."),

  SCHEDULE_INVALID(8100, 400, "The schedule is invalid."),
  SCHEDULE_AUTHENTICATION(8101, 401, "Basic authentication failed"),
  SCHEDULE_UNKNOWN(8104, 404, "Request schedule operation doesn't exist"),
  SCHEDULE_INTERNAL(8200, 500, "internal error"),
  SCHEDULE_BUSY(8203, 503, "internal timeout, try again"),

  ADMIN_METHOD(4001, 405, "this call takes another method"),
  ADMIN_INVALID(4003, 400, "Parameter value is invalid."),
  ADMIN_AUTHENTICATION(4004, 401, "Basic authentication failed");
  private final Columns columns;

  JpushError(int code, int status, String text) {
    columns = new Columns(Integer.toString(code), status, text);
  }

  @Override
  public Columns columns() {
    return columns;
  }

  public JpushException fault() {
    return new JpushException(this, text());
  }

  Reply reply() {
    return reply(text());
  }

  public Reply reply(String message) {
    return Reply.json(status(), Json.write(Json.object().set("error", json(message))));
  }

  ObjectNode json(String message) {
    return Json.object().put("code", number()).put("message", message);
  }
}
