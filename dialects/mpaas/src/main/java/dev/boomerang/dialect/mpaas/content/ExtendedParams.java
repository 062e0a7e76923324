// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.content;

import static dev.boomerang.dialect.mpaas.error.ResultCode.BADGE_ADD_NUM_INVALID;
import static dev.boomerang.dialect.mpaas.error.ResultCode.BADGE_ADD_NUM_NEED_BADGE_CLASS;
import static dev.boomerang.dialect.mpaas.error.ResultCode.EXTEND_PARAM_TO_MUCH;
import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_EXTEND_PARAM;
import static dev.boomerang.dialect.mpaas.error.ResultCode.MULTIPLE_INNER_EXTEND_PARAM_TO_MUCH;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.web.field.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Reads `ExtendedParams`, a JSON object that is sent to the device with the message.
///
/// Source: "扩展参数": which keys are the system's own, and what a few others mean to vendors'
/// channels. Keys without a meaning here are passed on as they are.
public final class ExtendedParams {
  public static final String EXTENDED_PARAMS = "ExtendedParams";

  private static final int MAX_ENTRIES = 20;

  /// "批量推送内部扩展参数需小于 10 个".
  private static final int MAX_ENTRIES_OF_TARGET = 9;

  private static final Set<String> RESERVED =
      Set.of("notifyType", "action", "silent", "pushType", "templateCode", "channel", "taskId");

  /// Huawei: "add_num": greater than 0 and less than 100.
  private static final int MAX_BADGE_ADD_NUM = 99;

  private static final String BADGE_ADD_NUM = "badge_add_num";

  private ExtendedParams() {}

  public static Map<String, String> read(ActionParams params) {
    Map<String, String> extras = readWithoutBadge(params);
    checkBadge(EXTENDED_PARAMS, extras);
    return extras;
  }

  /// Reads the parameters of a push whose targets may have more of their own. Those about badges
  /// can be checked only when both are known, see [#checkBadge].
  public static Map<String, String> readWithoutBadge(ActionParams params) {
    return params
        .object(EXTENDED_PARAMS, INVALID_EXTEND_PARAM)
        .map(object -> checked(EXTENDED_PARAMS, object, MAX_ENTRIES, EXTEND_PARAM_TO_MUCH))
        .orElse(Map.of());
  }

  /// Reads the parameters of one target of a multiple push.
  public static Map<String, String> ofTarget(String parameter, String text) {
    ObjectNode object =
        ActionParams.parseObject(parameter, text)
            .orElseThrow(
                () ->
                    new ResultException(INVALID_EXTEND_PARAM, parameter, "must be a JSON object"));
    return checked(parameter, object, MAX_ENTRIES_OF_TARGET, MULTIPLE_INNER_EXTEND_PARAM_TO_MUCH);
  }

  private static Map<String, String> checked(
      String parameter, ObjectNode object, int most, ResultCode tooMany) {
    if (object.size() > most) {
      throw new ResultException(
          tooMany, parameter, "has %d entries, at most %d".formatted(object.size(), most));
    }
    Map<String, String> extras = new LinkedHashMap<>();
    for (var entry : object.properties()) {
      if (entry.getKey().isBlank() || RESERVED.contains(entry.getKey())) {
        throw new ResultException(
            INVALID_EXTEND_PARAM, parameter, "must not set \"" + entry.getKey() + "\"");
      }
      extras.put(entry.getKey(), text(entry.getValue()));
    }
    if (!extras.getOrDefault("big_text", "1").equals("1")) {
      throw new ResultException(INVALID_EXTEND_PARAM, parameter, "may set big_text to 1 only");
    }
    return extras;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : Json.write(value);
  }

  public static void checkBadge(String parameter, Map<String, String> extras) {
    if (!extras.containsKey(BADGE_ADD_NUM)) {
      return;
    }
    String number = extras.getOrDefault(BADGE_ADD_NUM, "");
    if (number.isEmpty()
        || number.length() > 2
        || !number.chars().allMatch(c -> c >= '0' && c <= '9')
        || Integer.parseInt(number) == 0) {
      throw new ResultException(
          BADGE_ADD_NUM_INVALID,
          parameter,
          "must set badge_add_num to a number from 1 to " + MAX_BADGE_ADD_NUM);
    }
    if (extras.getOrDefault("badge_class", "").isBlank()) {
      throw new ResultException(
          BADGE_ADD_NUM_NEED_BADGE_CLASS, parameter, "with badge_add_num must set badge_class");
    }
  }
}
