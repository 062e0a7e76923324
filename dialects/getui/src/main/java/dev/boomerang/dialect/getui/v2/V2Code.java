// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.web.ErrorRow;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;

/// Lists every code of the dialect. What only the vendor can answer (about its plans) is here too,
/// so that the table is whole.
///
/// Source: Getui "RestAPI V2", common return codes. 21001's status is not documented.
enum V2Code implements ErrorRow {
  SUCCESS(0, 200, "success"),
  FAILED(1, 200, "failed"),
  STARTING(2, 200, "the server is starting"),
  DOMAIN(301, 200, "wrong domain"),
  NOT_FOUND(404, 404, "there is nothing at this path"),
  METHOD(405, 405, "this path does not take the method"),
  TOKEN(10001, 401, "token is invalid or expired"),
  BLACKLISTED(10002, 401, "appkey is switched off"),
  AUTH_RATE(10003, 401, "too many authentications in a minute"),
  DETAIL_PERMISSION(10004, 401, "no permission to ask for the detail of messages"),
  CALL_RATE(10005, 401, "too many calls in a minute"),
  PARAMETER(20001, 400, "parameter is invalid"),
  PUSH_FAILED(21001, 400, "push failed, no valid user or strategy"),
  SCHEDULE_FIRED(22001, 400, "the scheduled task has been executed and cannot be deleted"),
  SCHEDULE_INVALID(22002, 400, "the scheduled task is invalid or its time is"),
  TAG_FAILED(23001, 400, "the tag operation failed"),
  FAST_TAG_RIGHT(30000, 403, "no right to fast_custom_tag"),
  TAG_EDIT_RIGHT(30001, 403, "no right to edit custom_tag"),
  SCHEDULE_RIGHT(30002, 403, "no right to scheduled pushes"),
  TAG_RIGHT(30003, 403, "no right to app/tag pushes"),
  TAG_DAY(30004, 403, "the day's tag edits are used up"),
  TAG_LONG(30005, 403, "tag is too long"),
  FAST_TAG_DAY(30006, 403, "the day's fast_custom_tag pushes are used up"),
  APP_DAY(30007, 403, "the day's pushes to all are used up"),
  LIST_DAY(30008, 403, "the day's list pushes are used up"),
  TOTAL_DAY(30009, 403, "the day's pushes are used up"),
  TAG_PUSH_DAY(30010, 403, "the day's app/tag pushes are used up"),
  TAG_SET_DAY(30011, 403, "the day's tag settings of this cid are used up"),
  TAG_EDIT_MINUTE(30012, 403, "too many tag edits in a minute"),
  FAST_TAG_MINUTE(30013, 403, "too many fast_custom_tag pushes in a minute"),
  APP_MINUTE(30014, 403, "too many app pushes in a minute"),
  LIST_MINUTE(30015, 403, "too many list pushes in a minute"),
  TOO_MANY_TAGS(30016, 403, "too many tags"),
  REPORT_PERMISSION(30017, 403, "no permission for reports of single pushes"),
  REPORT_RATE(30018, 403, "too many reports in a minute"),
  BUSY(30019, 403, "the server is busy");
  private final Columns columns;

  V2Code(int code, int status, String text) {
    columns = new Columns(Integer.toString(code), status, text);
  }

  @Override
  public Columns columns() {
    return columns;
  }

  Reply reply() {
    return reply(text());
  }

  Reply reply(String message) {
    return reply(status(), message);
  }

  /// Answers under another status, for what HTTP has a status of its own for.
  Reply reply(int httpStatus, String message) {
    return Reply.json(
        httpStatus, Json.write(Json.object().put("code", number()).put("msg", message)));
  }
}
