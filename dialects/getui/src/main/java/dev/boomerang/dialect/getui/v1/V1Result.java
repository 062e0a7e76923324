// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.ErrorRow;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import java.util.Locale;

/// Lists every `result` of the dialect. What only the vendor can answer (its blacklist of
/// addresses) is here too, so that the table is whole. The statuses `successed_online`,
/// `successed_offline` and `successed_ignore` stand beside `ok`, in `status`.
///
/// Source: Getui "REST API V1", result codes.
enum V1Result implements ErrorRow {
  OK("ok"),
  NO_MSG("there is no message"),
  ALIAS_ERROR("the alias cannot be bound"),
  BLACK_IP("the caller's address is on the blacklist"),
  SIGN_ERROR("the sign is wrong, or its time is"),
  PUSHNUM_OVERLIMIT("the day's pushes are used up"),
  NO_APPID("there is no such app"),
  NO_USER("the app has no such user"),
  TOO_FREQUENT("too many calls"),
  SENSITIVE_WORD("the message has a word that must not be"),
  APPID_NOTMATCH("the app has no such key"),
  NOT_AUTH("the token is missing, wrong or expired"),
  BLACK_APPID("the app's key is switched off"),
  INVALID_PARAM("a parameter is wrong"),
  ALIAS_NOTBIND("nobody has this alias"),
  TAG_OVER_LIMIT("too many tags, or a tag that is too long"),
  TAGINVALID_OR_NOAUTH("nobody here has such a tag or condition"),
  NO_VALID_PUSH("it would reach nobody"),
  NO_TASKID("there is no such task"),
  OTHER_ERROR("something is wrong here, try again");
  private static final int STATUS = 200;

  private final Columns columns;

  V1Result(String text) {
    columns = new Columns(name().toLowerCase(Locale.ROOT), STATUS, text);
  }

  @Override
  public Columns columns() {
    return columns;
  }

  Reply reply() {
    return reply(text());
  }

  Reply reply(String description) {
    return reply(status(), description);
  }

  /// Answers under another status, for what HTTP has a status of its own for.
  Reply reply(int httpStatus, String description) {
    return Reply.json(
        httpStatus, Json.write(Json.object().put("result", code()).put("desc", description)));
  }

  /// Answers `ok` with these members.
  static Reply ok(ObjectNode members) {
    ObjectNode json = Json.object().put("result", OK.code());
    json.setAll(members);
    return Reply.json(OK.status(), Json.write(json));
  }

  static Reply ok() {
    return ok(Json.object());
  }
}
