// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.BADGE_ADD_NUM_INVALID;
import static dev.boomerang.dialect.mpaas.ResultCode.BADGE_ADD_NUM_NEED_BADGE_CLASS;
import static dev.boomerang.dialect.mpaas.ResultCode.EXTEND_PARAM_TO_MUCH;
import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_EXTEND_PARAM;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// `ExtendedParams`: a JSON object handed to the device with the message.
///
/// Source: "扩展参数": which keys are the system's own, and what a few others mean to vendors'
/// channels. Keys without a meaning here are passed on as they are.
final class Extras {
  private static final String EXTENDED_PARAMS = "ExtendedParams";
  private static final int MAX_ENTRIES = 20;

  private static final Set<String> RESERVED =
      Set.of("notifyType", "action", "silent", "pushType", "templateCode", "channel", "taskId");

  /// Huawei: "add_num": greater than 0 and less than 100.
  private static final int MAX_BADGE_ADD_NUM = 99;

  private static final String BADGE_ADD_NUM = "badge_add_num";

  private Extras() {}

  static Map<String, String> read(Args args) {
    return args.object(EXTENDED_PARAMS, INVALID_EXTEND_PARAM).map(Extras::checked).orElse(Map.of());
  }

  private static Map<String, String> checked(ObjectNode object) {
    if (object.size() > MAX_ENTRIES) {
      throw fault(
          EXTEND_PARAM_TO_MUCH, "has %d entries, at most %d".formatted(object.size(), MAX_ENTRIES));
    }
    Map<String, String> extras = new LinkedHashMap<>();
    for (var entry : object.properties()) {
      if (entry.getKey().isBlank() || RESERVED.contains(entry.getKey())) {
        throw fault(INVALID_EXTEND_PARAM, "must not set \"" + entry.getKey() + "\"");
      }
      extras.put(entry.getKey(), text(entry.getValue()));
    }
    checkBadge(extras);
    if (!extras.getOrDefault("big_text", "1").equals("1")) {
      throw fault(INVALID_EXTEND_PARAM, "may set big_text to 1 only");
    }
    return extras;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : Json.write(value);
  }

  private static void checkBadge(Map<String, String> extras) {
    if (!extras.containsKey(BADGE_ADD_NUM)) {
      return;
    }
    String number = extras.getOrDefault(BADGE_ADD_NUM, "");
    if (number.isEmpty()
        || number.length() > 2
        || !number.chars().allMatch(c -> c >= '0' && c <= '9')
        || Integer.parseInt(number) == 0) {
      throw fault(
          BADGE_ADD_NUM_INVALID,
          "must set badge_add_num to a number from 1 to " + MAX_BADGE_ADD_NUM);
    }
    if (extras.getOrDefault("badge_class", "").isBlank()) {
      throw fault(BADGE_ADD_NUM_NEED_BADGE_CLASS, "with badge_add_num must set badge_class");
    }
  }

  private static ResultFault fault(ResultCode code, String problem) {
    return new ResultFault(code, EXTENDED_PARAMS, problem);
  }
}
