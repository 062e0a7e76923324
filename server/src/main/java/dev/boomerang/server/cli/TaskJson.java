// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the answers about a task.
final class TaskJson {
  private static final Set<String> FINAL =
      Set.of(
          "opened",
          "dismissed",
          "recalled",
          "tooLate",
          "overridden",
          "stopped",
          "expired",
          "failed");

  private TaskJson() {}

  static String inPath(String id) {
    return URLEncoder.encode(id, UTF_8);
  }

  /// `total=3 delivered=1 opened=2`: only states that some delivery is in.
  static String counts(JsonNode task) {
    String states =
        task.path("counts").properties().stream()
            .filter(state -> state.getValue().asInt() > 0)
            .map(state -> state.getKey() + "=" + state.getValue().asInt())
            .collect(Collectors.joining(" "));
    int unreached = task.path("unreached").asInt();
    return "total="
        + task.path("total").asInt()
        + (unreached > 0 ? " unreached=" + unreached : "")
        + (states.isEmpty() ? "" : " " + states);
  }

  /// Whether nothing will change any more.
  static boolean isOver(JsonNode task) {
    int over =
        task.path("counts").properties().stream()
            .filter(state -> FINAL.contains(state.getKey()))
            .mapToInt(state -> state.getValue().asInt())
            .sum();
    return over + task.path("unreached").asInt() >= task.path("total").asInt();
  }

  static String delivery(JsonNode delivery) {
    String cause = delivery.path("cause").asText();
    return delivery.path("registration").asText()
        + " "
        + delivery.path("state").asText()
        + (cause.isEmpty() ? "" : " (" + cause + ")");
  }
}
