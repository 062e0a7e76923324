// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.ErrorRow;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Map;

/// The errors of the dialect. Where the vendor never published a code, the nearest one is used;
/// [#PARAMETER] is for errors that no other code is near.
///
/// Source: the constants of vivo's Java SDK 2.2, vivo "PUSH-UPS-API" (auth and quotas) and what
/// clients compare. 10073 is left out: it is a quota of the vendor that has no counterpart here.
public enum VivoError implements ErrorRow {
  PARAMETER(1, "参数不合法"),
  TOKEN(10000, "权限认证失败"),
  APP_STATE(10043, "应用的推送权限已关闭"),
  LIVE_CARDS(10045, "应用没有原子通知权限"),
  NO_TARGET(10050, "alias和regId不能都为空"),
  NOTIFY_TYPE(10054, "notifyType不合法"),
  TITLE_EMPTY(10055, "title不能为空"),
  TITLE_LONG(10056, "title不能超过40个字符"),
  CONTENT_EMPTY(10057, "content不能为空"),
  CONTENT_LONG(10058, "content不能超过100个字符"),
  TIME_TO_LIVE(10059, "timeToLive不合法"),
  SKIP_TYPE(10060, "skipType不合法"),
  URL_EMPTY(10061, "skipType为2时，skipContent不能为空"),
  URL_LONG(10062, "skipType为2时，skipContent不能超过1024个字符"),
  CUSTOM_EMPTY(10063, "skipType为3时，skipContent不能为空"),
  CUSTOM_LONG(10064, "skipType为3时，skipContent不能超过1024个字符"),
  NETWORK_TYPE(10065, "networkType不合法"),
  MAP_COUNT(10066, "clientCustomMap不能超过10个键值对"),
  MAP_PAIR(10067, "clientCustomMap有不合法的键值对"),
  PAGE_EMPTY(10068, "skipType为4时，skipContent不能为空"),
  PAGE_LONG(10069, "skipType为4时，skipContent不能超过1024个字符"),
  PUSH_QUOTA(10070, "发送总量超过限制"),
  HOURS(10071, "不在允许的发送时间内"),
  TOO_FAST(10072, "发送速度过快"),
  AUTH_RATE(10093, "鉴权接口调用频率超过限制"),
  OTHER_APP(10094, "appId与authToken不匹配"),
  CATEGORY(10096, "category不合法"),
  CATEGORY_CLASS(10097, "category与classification不匹配"),
  REVIEW(10104, "消息包含敏感词"),
  NO_LIST(10150, "aliases和regIds不能都为空"),
  TASK(10151, "taskId不合法"),
  REG_IDS_COUNT(10153, "regIds的个数必须在[2-1000]之间"),
  ALIASES_COUNT(10154, "aliases的个数必须在[2-1000]之间"),
  APP_ID_EMPTY(10200, "appId不能为空"),
  APP_KEY_EMPTY(10201, "appKey不能为空"),
  APP_KEY(10202, "appKey不合法"),
  TIMESTAMP_EMPTY(10203, "timestamp不能为空"),
  SIGN_EMPTY(10204, "sign不能为空"),
  APP_ID(10205, "appId不存在"),
  SIGN(10206, "sign不正确"),
  TIMESTAMP(10207, "timestamp不合法"),
  LIST_QUOTA(10252, "saveListPayload的调用次数超过限制"),
  BROADCAST_QUOTA(10254, "全量发送的次数超过限制"),
  ALIAS(10301, "alias不合法"),
  REG_ID(10302, "regId不合法"),
  CALLBACK(10305, "extra的callback不合法"),
  CALLBACK_PARAM(10306, "extra的callback.param不合法"),
  REQUEST_ID_EMPTY(10352, "requestId不能为空"),
  REQUEST_ID_LONG(10353, "requestId不能超过64个字符"),
  TASK_IDS_COUNT(10471, "taskIds不能超过100个"),
  TASK_IDS_EMPTY(10473, "taskIds不能为空"),
  TAG(10601, "标签名不合法"),
  IDS_EMPTY(10609, "ids不能为空"),
  IDS_COUNT(10614, "ids的个数超过限制"),
  TYPE(10616, "type不合法"),
  CLASSIFICATION(11000, "classification不合法");

  /// The errors of a field: `empty` if it is missing or blank, `invalid` if anything else is wrong
  /// with it.
  private record FieldErrors(VivoError empty, VivoError invalid) {
    static FieldErrors both(VivoError error) {
      return new FieldErrors(error, error);
    }
  }

  private static final Map<String, FieldErrors> BY_FIELD =
      Map.ofEntries(
          Map.entry("appId", new FieldErrors(APP_ID_EMPTY, APP_ID)),
          Map.entry("appKey", new FieldErrors(APP_KEY_EMPTY, APP_KEY)),
          Map.entry("timestamp", new FieldErrors(TIMESTAMP_EMPTY, TIMESTAMP)),
          Map.entry("sign", new FieldErrors(SIGN_EMPTY, SIGN)),
          Map.entry("regId", new FieldErrors(NO_TARGET, REG_ID)),
          Map.entry("alias", new FieldErrors(NO_TARGET, ALIAS)),
          Map.entry("notifyType", FieldErrors.both(NOTIFY_TYPE)),
          Map.entry("title", new FieldErrors(TITLE_EMPTY, TITLE_LONG)),
          Map.entry("content", new FieldErrors(CONTENT_EMPTY, CONTENT_LONG)),
          Map.entry("timeToLive", FieldErrors.both(TIME_TO_LIVE)),
          Map.entry("skipType", FieldErrors.both(SKIP_TYPE)),
          Map.entry("networkType", FieldErrors.both(NETWORK_TYPE)),
          Map.entry("clientCustomMap", FieldErrors.both(MAP_PAIR)),
          Map.entry("extra", FieldErrors.both(CALLBACK)),
          Map.entry("extra.callback", FieldErrors.both(CALLBACK)),
          Map.entry("extra.callback.id", FieldErrors.both(CALLBACK)),
          Map.entry("extra.callback.param", FieldErrors.both(CALLBACK_PARAM)),
          Map.entry("requestId", new FieldErrors(REQUEST_ID_EMPTY, REQUEST_ID_LONG)),
          Map.entry("classification", FieldErrors.both(CLASSIFICATION)),
          Map.entry("category", FieldErrors.both(CATEGORY)),
          Map.entry("regIds", new FieldErrors(NO_LIST, REG_IDS_COUNT)),
          Map.entry("aliases", new FieldErrors(NO_LIST, ALIASES_COUNT)),
          Map.entry("taskId", FieldErrors.both(TASK)),
          Map.entry("taskIds", new FieldErrors(TASK_IDS_EMPTY, TASK_IDS_COUNT)),
          Map.entry("ids", new FieldErrors(IDS_EMPTY, IDS_COUNT)),
          Map.entry("tagList", new FieldErrors(IDS_EMPTY, IDS_COUNT)),
          Map.entry("userIds", new FieldErrors(IDS_EMPTY, IDS_COUNT)),
          Map.entry("type", FieldErrors.both(TYPE)),
          Map.entry("userType", FieldErrors.both(TYPE)),
          Map.entry("name", FieldErrors.both(TAG)),
          Map.entry("oldName", FieldErrors.both(TAG)),
          Map.entry("newName", FieldErrors.both(TAG)),
          Map.entry("tagExpression", FieldErrors.both(TAG)),
          Map.entry("expression", FieldErrors.both(TAG)));

  private static final int STATUS = 200;

  private final Columns columns;

  VivoError(int code, String text) {
    columns = new Columns(Integer.toString(code), STATUS, text);
  }

  @Override
  public Columns columns() {
    return columns;
  }

  /// Returns the error of an invalid field, by the field's whole path or by its first name.
  public static VivoError of(InvalidFieldException exception) {
    String path = exception.field();
    String first = path.split("[.\\[]", 2)[0];
    FieldErrors errors =
        BY_FIELD.getOrDefault(path, BY_FIELD.getOrDefault(first, FieldErrors.both(PARAMETER)));
    return switch (exception.kind()) {
      case MISSING, BLANK -> errors.empty();
      case MALFORMED, OUT_OF_RANGE -> errors.invalid();
    };
  }

  /// Returns the body of the response to a call with this error.
  public ObjectNode json() {
    return json("");
  }

  /// Returns the body with a `desc` that goes on with `why`, unless that is empty.
  public ObjectNode json(String why) {
    return Json.object()
        .put("result", number())
        .put("desc", why.isEmpty() ? text() : text() + ": " + why);
  }
}
