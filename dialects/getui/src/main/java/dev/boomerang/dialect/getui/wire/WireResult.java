// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.web.ErrorRow;

/// Lists every `result` that is answered. [#text] explains it to people and is not sent.
///
/// Source: Getui "V1 server SDK", results.
enum WireResult implements ErrorRow {
  OK("ok", "done"),
  /// Answers questions about scheduled pushes, and their deletion.
  SUCCESS("Success", "done"),
  /// Answers `connect`.
  CONNECTED("success", "logged in"),
  ONLINE("Online", "the user is connected"),
  OFFLINE("Offline", "the user is not connected"),
  NOBODY("Nobind", "the app has no such user"),

  SIGN("sign_error", "not logged in: connect, then ask again"),
  ACTION("action_error", "no such action"),
  APP_KEY("appkey_error", "no such app key"),
  MALFORMED("Error", "the request cannot be read, or has a value that cannot be taken"),
  /// Has the field's name in the place of `<field>`.
  MISSING("<field> is not null", "the field must be given"),
  FOREIGN_APP("AppidNoMatchAppKey", "the app id is that of another app key"),
  UNKNOWN_APP("AppidError", "no such app id"),
  BLACK_APP("BlackAppId", "the app key is switched off"),
  UNKNOWN_USER("TokenMD5NoUsers", "the app has no such cid"),
  BAD_CID("TokenMD5Error", "no cid looks like this"),
  ALIAS_NOT_BOUND("AliasNotBind", "nobody has the alias"),
  NO_TARGETS("TargetListIsNullOrSizeIs0", "the list of targets is empty"),
  NO_TARGET("NOTarget", "nobody can be reached this way"),
  NO_DEVICE_TOKEN("NoTargetDeviceToken", "Apple's device tokens name nobody here"),
  NO_MESSAGE("NullMsgCommon", "there is no such message, or nothing in it"),
  NO_TASK("NoSuchTaskId", "the app has no such task"),
  BLANK_TASK("taskIdNullError", "the task must be named"),
  TASK_OVER("TaskIdHasBeanCanceled", "the task was stopped, or its time is over"),
  STOP_FAILED("StopTaskError", "the server cannot stop anything now"),
  OUT_OF_RANGE("NotInDealRange", "too late for this, or not with such a task"),
  LIST_QUOTA("PushMsgToListTimesOverLimit", "no list pushes are left for now"),
  APP_QUOTA("PushMsgToAppTimesOverLimit", "no app pushes are left for now"),
  TOTAL_QUOTA("PushTotalNumOverLimit", "no pushes are left for today"),
  TOO_FREQUENT("TooFrequent", "too many calls"),
  OVER_LIMIT("OverLimit", "too many, or too often for one user"),
  TAG_NOBODY("TagsNoUsers", "nobody has the tag"),
  APP_NOBODY("AppIdNoUsers", "nobody in the app is meant"),
  BAD_TAG("TagInvalidOrNoAuth", "no such condition, or no such tag can be"),
  BLACK_LIST_FAILED("failed", "none of the cids is the app's"),
  PUSH_INFO("ParsePushInfoError", "what is for Apple's devices cannot be read"),
  TOO_LONG("transmissionContent length overlimit", "the message is too long"),
  SENSITIVE("Text or Title Contain Sensitive Word Error", "a reviewer objects to what it says"),
  /// Has a full-width exclamation mark, as the vendor's has.
  SERVICE("ServiceError！", "the server cannot answer now: try again"),
  OTHER("OtherError", "a fault of the server");
  private static final int STATUS = 200;

  private final Columns columns;

  WireResult(String code, String text) {
    columns = new Columns(code, STATUS, text);
  }

  @Override
  public Columns columns() {
    return columns;
  }
}
