// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.server.CrashClients.Planned;
import dev.boomerang.server.CrashClients.Pushed;
import dev.boomerang.server.CrashClients.Recalled;
import dev.boomerang.server.CrashDevice.Told;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds what the clients wrote down against the promises and against the server's own books.
final class CrashInvariants {
  private final NativeApiClient api;
  private final List<CrashDevice> devices;
  private final Map<String, List<Told>> told = new HashMap<>();

  CrashInvariants(NativeApiClient api, List<CrashDevice> devices) {
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
                            .computeIfAbsent(
                                event.title() + " on " + registration(delivery),
                                _ -> new HashSet<>())
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
                assertThat(deliveries(push))
                    .allSatisfy(
                        delivery ->
                            assertThat(told.getOrDefault(delivery, List.of()))
                                .extracting(Told::type)
                                .contains("notify")));
  }

  /// *Fence*: after a recall has returned, no connection made since then brings the message; and
  /// what came before is gone from the screen, unless it was opened.
  void fence(List<Pushed> pushed, Map<String, Recalled> recalls) {
    for (Pushed push : pushed) {
      Recalled recall = recalls.get(push.task());
      if (recall != null) {
        deliveries(push).forEach(delivery -> fence(push, delivery, recall));
      }
    }
  }

  private void fence(Pushed push, String delivery, Recalled recall) {
    List<Told> events = told.getOrDefault(delivery, List.of());
    assertThat(events)
        .as("Fence of " + push)
        .noneMatch(
            event -> event.type().equals("notify") && event.connectedAt() > recall.returnedAt());
    if (!events.isEmpty() && !opened(delivery)) {
      assertThat(events.getLast().type()).as("last word on " + push).isEqualTo("withdraw");
    }
  }

  /// *Timely*: what was planned fired once, or its lifetime was over; and the device has it.
  void timely(List<Planned> planned) throws IOException, InterruptedException {
    for (Planned one : planned) {
      JsonNode schedule =
          api.await(
              "/api/v1/schedules/" + one.schedule(), view -> isDone(view.path("occurrences")));
      JsonNode occurrence = schedule.path("occurrences").path(0);
      assertThat(occurrence.path("fate").asText()).as(schedule.toString()).isEqualTo("fired");
      String delivery = occurrence.path("task").asText() + "-" + one.registration();
      assertThat(told.getOrDefault(delivery, List.of()))
          .as("Timely: " + schedule)
          .extracting(Told::type)
          .contains("notify");
    }
  }

  /// Waits until everything planned has fired and has arrived.
  void awaitFired(List<Planned> planned) throws IOException, InterruptedException {
    for (Planned one : planned) {
      JsonNode schedule =
          api.await(
              "/api/v1/schedules/" + one.schedule(), view -> isDone(view.path("occurrences")));
      String task = schedule.path("occurrences").path(0).path("task").asText();
      if (!task.isEmpty()) {
        rest(new Pushed(one.title(), task, List.of(one.registration()), false));
      }
    }
  }

  private static boolean isDone(JsonNode occurrences) {
    return !List.of("pending", "firing").contains(occurrences.path(0).path("fate").asText());
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
      assertThat(sum).as("Accounted: " + task).isEqualTo(task.path("total").asInt());
      if (!recalls.containsKey(push.task())) {
        assertThat(sum).as("Accounted: " + task).isEqualTo(push.registrations().size());
      }
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

  /// The report of a recall is what the devices saw. Devices that had not taken a broadcast when it
  /// was recalled have no part in its report.
  private void report(Pushed push, Recalled recall) throws IOException, InterruptedException {
    JsonNode report = api.get("/api/v1/recalls/" + recall.id());
    int shown = 0;
    int opened = 0;
    for (String delivery : deliveries(push)) {
      boolean wasOpened = opened(delivery);
      boolean wasTold =
          told.getOrDefault(delivery, List.of()).stream().anyMatch(e -> e.type().equals("notify"));
      opened += wasOpened ? 1 : 0;
      shown += wasTold && !wasOpened ? 1 : 0;
    }
    assertThat(report.path("tooLate").asInt()).as(report + " of " + push).isEqualTo(opened);
    // A withdrawal of what never came down the wire counts as withdrawn too.
    assertThat(report.path("withdrawn").asInt())
        .as(report + " of " + push)
        .isGreaterThanOrEqualTo(shown);
    assertThat(report.path("prevented").asInt() + report.path("withdrawn").asInt() + opened)
        .as(report + " of " + push)
        .isEqualTo(report.path("total").asInt());
  }

  private boolean opened(String delivery) {
    return devices.stream().anyMatch(device -> device.hasOpened(delivery));
  }

  private static List<String> deliveries(Pushed push) {
    return push.registrations().stream()
        .map(registration -> push.task() + "-" + registration)
        .toList();
  }

  private static String registration(String delivery) {
    return delivery.substring(delivery.indexOf('-') + 1);
  }
}
