// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.server.CrashCallers.Pushed;
import dev.boomerang.server.CrashCallers.Recalled;
import dev.boomerang.server.CrashDevice.Told;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds what the clients wrote down against the promises and against the server's own books.
final class CrashVerdict {
  private final NativeApiClient api;
  private final List<CrashDevice> devices;
  private final Map<String, List<Told>> told = new HashMap<>();

  CrashVerdict(NativeApiClient api, List<CrashDevice> devices) {
    this.api = api;
    this.devices = devices;
    for (CrashDevice device : devices) {
      for (Told one : device.log()) {
        told.computeIfAbsent(one.delivery(), _ -> new ArrayList<>()).add(one);
      }
    }
  }

  /// *Once*: a call, however often it was made, is one task with one delivery.
  void once(List<Pushed> pushed) {
    Map<String, Set<String>> deliveriesOfTitle = new HashMap<>();
    told.forEach(
        (delivery, events) ->
            events.stream()
                .filter(event -> event.type().equals("notify"))
                .forEach(
                    event ->
                        deliveriesOfTitle
                            .computeIfAbsent(event.title(), _ -> new HashSet<>())
                            .add(delivery)));
    assertThat(deliveriesOfTitle)
        .as("Once")
        .allSatisfy((title, deliveries) -> assertThat(deliveries).as(title).hasSize(1));
    assertThat(pushed).extracting(Pushed::requestId).doesNotHaveDuplicates();
    assertThat(pushed).extracting(Pushed::task).doesNotHaveDuplicates();
  }

  /// *Durable*: every push that was answered and not recalled has reached its device.
  void durable(List<Pushed> pushed, Set<String> recalledTasks) {
    assertThat(pushed)
        .filteredOn(push -> !recalledTasks.contains(push.task()))
        .as("Durable")
        .allSatisfy(
            push ->
                assertThat(told.getOrDefault(delivery(push), List.of()))
                    .extracting(Told::type)
                    .contains("notify"));
  }

  /// *Fence*: after a recall has returned, no connection made since then brings the message; and
  /// what came before is gone from the screen, unless it was opened.
  void fence(List<Pushed> pushed, Map<String, Recalled> recalls) {
    for (Pushed push : pushed) {
      Recalled recall = recalls.get(push.task());
      List<Told> events = told.getOrDefault(delivery(push), List.of());
      if (recall == null || events.isEmpty()) {
        continue;
      }
      assertThat(events)
          .as("Fence of " + push)
          .noneMatch(
              event -> event.type().equals("notify") && event.connectedAt() > recall.returnedAt());
      if (!opened(push)) {
        assertThat(events.getLast().type()).as("last word on " + push).isEqualTo("withdraw");
      }
    }
  }

  /// *Accounted*: each task's counts add up and say what the device saw.
  void accounted(List<Pushed> pushed, Map<String, Recalled> recalls)
      throws IOException, InterruptedException {
    for (Pushed push : pushed) {
      JsonNode task = rest(push);
      int sum = task.path("unreached").asInt();
      for (JsonNode count : task.path("counts")) {
        sum += count.asInt();
      }
      assertThat(sum).as("Accounted: " + task).isEqualTo(task.path("total").asInt()).isEqualTo(1);
      Recalled recall = recalls.get(push.task());
      if (recall != null) {
        report(push, recall);
      }
    }
  }

  /// Waits until nothing of the task is under way any more.
  JsonNode rest(Pushed push) throws IOException, InterruptedException {
    return api.await("/api/v1/tasks/" + push.task(), view -> isAtRest(view.path("counts")));
  }

  private static boolean isAtRest(JsonNode counts) {
    return List.of("scheduled", "pending", "queued", "sending", "sent", "delivered", "recalling")
        .stream()
        .allMatch(state -> counts.path(state).asInt() == 0);
  }

  /// The report of a recall is what the device saw.
  private void report(Pushed push, Recalled recall) throws IOException, InterruptedException {
    JsonNode report = api.get("/api/v1/recalls/" + recall.id());
    List<String> events =
        told.getOrDefault(delivery(push), List.of()).stream().map(Told::type).toList();
    boolean opened = opened(push);
    assertThat(report.path("total").asInt()).isEqualTo(1);
    if (report.path("prevented").asInt() == 1) {
      assertThat(events).as("prevented: " + push).doesNotContain("notify");
    } else if (report.path("withdrawn").asInt() == 1) {
      assertThat(events).as("withdrawn: " + push).contains("withdraw");
      assertThat(opened).as("withdrawn, yet opened: " + push).isFalse();
    } else {
      assertThat(report.path("tooLate").asInt()).as(report.toString()).isEqualTo(1);
      assertThat(opened).as("too late, yet not opened: " + push).isTrue();
    }
  }

  private boolean opened(Pushed push) {
    return devices.stream().anyMatch(device -> device.hasOpened(delivery(push)));
  }

  private static String delivery(Pushed push) {
    return push.task() + "-" + push.registration();
  }
}
