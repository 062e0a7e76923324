// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Optional;

/// One place in a request where a text may stand. In `path` and `body`, `§` is the text, `#D` the
/// device, `#N` a new number, `#A` the dialect's app and `#K` its key. `shown` is where the text
/// stands in the message that the device gets, if it gets one.
record TextEntry(
    Caller caller, String method, String path, String body, Optional<JsonPointer> shown) {

  enum Caller {
    DEVICE,
    NATIVE,
    MPAAS,
    JPUSH,
    GETUI_V2,
    GETUI_V1,
    VIVO
  }

  private static final String NAMES = "\"registrations\":[\"#D\"]";
  private static final String DEVICE =
      "{\"appId\":\"#A\",\"deviceKey\":\"#K\",\"platform\":\"android\",";
  private static final String JPUSH_TO =
      "{\"platform\":\"all\",\"audience\":{\"registration_id\":[\"#D\"]},";
  private static final String GETUI_TO =
      "{\"request_id\":\"r#N0123456789\",\"audience\":{\"cid\":[\"#D\"]},\"push_message\":";
  private static final String GETUI_V1 =
      "\"message\":{\"appkey\":\"#K\",\"msgtype\":\"notification\"},\"notification\":{\"style\":";
  private static final String VIVO =
      "{\"notifyType\":1,\"skipType\":1,\"requestId\":\"v#N\",\"regId\":\"#D\",";

  static final List<TextEntry> ALL =
      List.of(
          // the device API
          device("\"userId\":\"§\"}"),
          device("\"alias\":\"§\"}"),
          device("\"tags\":[\"§\"]}"),
          device("\"region\":\"§\"}"),
          device("\"deviceId\":\"§#N\"}"),
          device("\"attributes\":{\"a\":\"§\"}}"),
          device("\"attributes\":{\"§\":\"a\"}}"),
          device("\"channels\":{\"hms\":\"§\"}}"),
          device("\"ignored\":{\"§\":[{\"§\":\"§\"}]}}"),
          // the native API
          push("\"notification\":{\"title\":\"§\",\"body\":\"b\"}", "/title"),
          push("\"notification\":{\"title\":\"t\",\"body\":\"§\"}", "/body"),
          push("\"data\":{\"body\":\"§\"}", "/body"),
          push("\"data\":{\"body\":\"b\",\"extras\":{\"k\":\"§\"}}", "/extras/k"),
          push("\"data\":{\"body\":\"b\",\"extras\":{\"§\":\"v\"}}", ""),
          push("\"data\":{\"body\":\"b\"},\"requestId\":\"§#N\"", ""),
          push("\"data\":{\"body\":\"b\"},\"name\":\"§\"", ""),
          push("\"data\":{\"body\":\"b\"},\"replace\":{\"slot\":\"§#N\"}", ""),
          unseen(
              Caller.NATIVE,
              "POST",
              "/api/v1/pushes",
              "{\"audience\":{\"users\":[\"§\"]},\"data\":{\"body\":\"b\"}}"),
          unseen(
              Caller.NATIVE,
              "POST",
              "/api/v1/pushes",
              "{\"audience\":{\"tags\":[\"§\"]},\"data\":{\"body\":\"b\"}}"),
          unseen(
              Caller.NATIVE,
              "POST",
              "/api/v1/templates",
              "{\"name\":\"§#N\",\"title\":\"§\",\"body\":\"§\"}"),
          unseen(
              Caller.NATIVE,
              "POST",
              "/api/v1/audiences/count",
              "{\"segment\":{\"attribute\":\"§\",\"value\":\"§\"}}"),
          unseen(Caller.NATIVE, "GET", "/api/v1/registrations?user=§", ""),
          unseen(Caller.NATIVE, "GET", "/api/v1/registrations/§", ""),
          // mPaaS: the action is the path, the parameters are the body
          mpaas("{\"Title\":\"§\"}", "/title"),
          mpaas("{\"Content\":\"§\"}", "/body"),
          mpaas("{\"ExtendedParams\":\"{\\\"k\\\":\\\"§\\\"}\"}", "/extras/k"),
          mpaas("{\"ExtendedParams\":\"{\\\"§\\\":\\\"v\\\"}\"}", ""),
          // JPush
          jpush("\"notification\":{\"android\":{\"title\":\"§\",\"alert\":\"b\"}}}", "/title"),
          jpush("\"notification\":{\"alert\":\"§\"}}", "/body"),
          jpush("\"message\":{\"msg_content\":\"§\"}}", "/body"),
          jpush(
              "\"notification\":{\"android\":{\"alert\":\"b\",\"extras\":{\"k\":\"§\"}}}}",
              "/extras/k"),
          jpush("\"notification\":{\"android\":{\"alert\":\"b\",\"extras\":{\"§\":1}}}}", ""),
          jpush("\"notification\":{\"alert\":\"b\"},\"cid\":\"§#N\"}", ""),
          unseen(
              Caller.JPUSH,
              "POST",
              "/v3/push",
              "{\"platform\":\"all\",\"audience\":{\"alias\":[\"§\"]},"
                  + "\"notification\":{\"alert\":\"b\"}}"),
          unseen(Caller.JPUSH, "GET", "/v3/files/§", ""),
          unseen(Caller.JPUSH, "DELETE", "/v3/files/§", ""),
          unseen(Caller.JPUSH, "GET", "/v3/aliases/§", ""),
          unseen(Caller.JPUSH, "POST", "/v3/devices/#D", "{\"tags\":{\"add\":[\"§\"]}}"),
          // Getui
          getui(
              "{\"notification\":{\"title\":\"§\",\"body\":\"b\",\"click_type\":\"none\"}}}",
              "/title"),
          getui(
              "{\"notification\":{\"title\":\"t\",\"body\":\"§\",\"click_type\":\"none\"}}}",
              "/body"),
          getui("{\"transmission\":\"§\"}}", "/body"),
          unseen(Caller.GETUI_V2, "GET", "/user/cid/alias/§", ""),
          unseen(Caller.GETUI_V2, "DELETE", "/user/alias/§", ""),
          unseen(Caller.GETUI_V2, "PUT", "/user/custom_tag/batch/§", "{\"cid\":[\"#D\"]}"),
          unseen(Caller.GETUI_V2, "GET", "/report/push/task_group/§", ""),
          unseen(
              Caller.GETUI_V2,
              "POST",
              "/user/alias",
              "{\"data_list\":[{\"cid\":\"#D\",\"alias\":\"§\"}]}"),
          entry(
              Caller.GETUI_V1,
              "/push_single",
              "{\"requestid\":\"r#N0123456789\",\"cid\":\"#D\","
                  + GETUI_V1
                  + "{\"type\":0,\"title\":\"§\",\"text\":\"b\"}}}",
              "/title"),
          unseen(Caller.GETUI_V1, "GET", "/query_cid/§", ""),
          // vivo
          entry(
              Caller.VIVO, "/message/send", VIVO + "\"title\":\"§\",\"content\":\"b\"}", "/title"),
          entry(Caller.VIVO, "/message/send", VIVO + "\"title\":\"t\",\"content\":\"§\"}", "/body"),
          entry(
              Caller.VIVO,
              "/message/send",
              VIVO
                  + "\"title\":\"t\",\"content\":\"b\",\"clientCustomMap\":{\"k\":\"§\",\"§x\":\"\"}}",
              "/extras/k"));

  private static TextEntry device(String rest) {
    return new TextEntry(
        Caller.DEVICE, "POST", "/device/v1/registrations", DEVICE + rest, Optional.empty());
  }

  private static TextEntry push(String rest, String shown) {
    return entry(
        Caller.NATIVE, "/api/v1/pushes", "{\"audience\":{" + NAMES + "}," + rest + "}", shown);
  }

  private static TextEntry mpaas(String parameters, String shown) {
    return entry(Caller.MPAAS, "PushSimple", parameters, shown);
  }

  private static TextEntry jpush(String rest, String shown) {
    return entry(Caller.JPUSH, "/v3/push", JPUSH_TO + rest, shown);
  }

  private static TextEntry getui(String message, String shown) {
    return entry(Caller.GETUI_V2, "/push/single/cid", GETUI_TO + message, shown);
  }

  /// One that the device gets a message of; an empty `shown` is for a text that is not in it.
  private static TextEntry entry(Caller caller, String path, String body, String shown) {
    return new TextEntry(caller, "POST", path, body, Optional.of(JsonPointer.compile(shown)));
  }

  private static TextEntry unseen(Caller caller, String method, String path, String body) {
    return new TextEntry(caller, method, path, body, Optional.empty());
  }
}
