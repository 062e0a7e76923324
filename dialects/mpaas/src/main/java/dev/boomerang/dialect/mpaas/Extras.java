// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.BADGE_ADD_NUM_INVALID;
import static dev.boomerang.dialect.mpaas.ResultCode.BADGE_ADD_NUM_NEED_BADGE_CLASS;
import static dev.boomerang.dialect.mpaas.ResultCode.EXTEND_PARAM_TO_MUCH;
import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_EXTEND_PARAM;
import static dev.boomerang.dialect.mpaas.ResultCode.MULTIPLE_INNER_EXTEND_PARAM_TO_MUCH;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// `ExtendedParams`: a JSON object handed to the device with the message.
///
/// Source: "扩展参数": which keys are the system's own, and what a few others mean to vendors'
/// channels. Keys without a meaning here are passed on as they are.
final class Extras {
  static final String EXTENDED_PARAMS = "ExtendedParams";

  private static final int MAX_ENTRIES = 20;

  /// "批量推送内部扩展参数需小于 10 个".
  private static final int MAX_OF_TARGET = 9;

  private static final Set<String> RESERVED =
      Set.of("notifyType", "action", "silent", "pushType", "templateCode", "channel", "taskId");

  /// Huawei: "add_num": greater than 0 and less than 100.
  private static final int MAX_BADGE_ADD_NUM = 99;

  private static final String BADGE_ADD_NUM = "badge_add_num";

  private Extras() {}

  static Map<String, String> read(Args args) {
    Map<String, String> extras = readWithoutBadge(args);
    checkBadge(EXTENDED_PARAMS, extras);
    return extras;
  }

  /// As [#read], for a push whose targets may have more of their own: whether those about badges
  /// belong together shows only when both are known, see [#checkBadge].
  static Map<String, String> readWithoutBadge(Args args) {
    return args.object(EXTENDED_PARAMS, INVALID_EXTEND_PARAM)
        .map(object -> checked(EXTENDED_PARAMS, object, MAX_ENTRIES, EXTEND_PARAM_TO_MUCH))
        .orElse(Map.of());
  }

  /// Those of one target of many.
  static Map<String, String> ofTarget(String parameter, String text) {
    ObjectNode object =
        Args.parse(parameter, text)
            .orElseThrow(
                () -> new ResultFault(INVALID_EXTEND_PARAM, parameter, "must be a JSON object"));
    return checked(parameter, object, MAX_OF_TARGET, MULTIPLE_INNER_EXTEND_PARAM_TO_MUCH);
  }

  private static Map<String, String> checked(
      String parameter, ObjectNode object, int most, ResultCode tooMany) {
    if (object.size() > most) {
      throw new ResultFault(
          tooMany, parameter, "has %d entries, at most %d".formatted(object.size(), most));
    }
    Map<String, String> extras = new LinkedHashMap<>();
    for (var entry : object.properties()) {
      if (entry.getKey().isBlank() || RESERVED.contains(entry.getKey())) {
        throw new ResultFault(
            INVALID_EXTEND_PARAM, parameter, "must not set \"" + entry.getKey() + "\"");
      }
      extras.put(entry.getKey(), text(entry.getValue()));
    }
    if (!extras.getOrDefault("big_text", "1").equals("1")) {
      throw new ResultFault(INVALID_EXTEND_PARAM, parameter, "may set big_text to 1 only");
    }
    return extras;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : Json.write(value);
  }

  static void checkBadge(String parameter, Map<String, String> extras) {
    if (!extras.containsKey(BADGE_ADD_NUM)) {
      return;
    }
    String number = extras.getOrDefault(BADGE_ADD_NUM, "");
    if (number.isEmpty()
        || number.length() > 2
        || !number.chars().allMatch(c -> c >= '0' && c <= '9')
        || Integer.parseInt(number) == 0) {
      throw new ResultFault(
          BADGE_ADD_NUM_INVALID,
          parameter,
          "must set badge_add_num to a number from 1 to " + MAX_BADGE_ADD_NUM);
    }
    if (extras.getOrDefault("badge_class", "").isBlank()) {
      throw new ResultFault(
          BADGE_ADD_NUM_NEED_BADGE_CLASS, parameter, "with badge_add_num must set badge_class");
    }
  }
}
