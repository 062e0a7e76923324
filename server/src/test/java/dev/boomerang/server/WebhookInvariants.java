// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.server.CrashClients.Pushed;
import dev.boomerang.server.CrashWebhookReceiver.Told;
import dev.boomerang.web.field.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Holds what the receiver of callbacks wrote down against what the devices know: everything is
/// told, at least once, and for each task in order.
final class WebhookInvariants {
  /// What a node that was killed had taken comes back after 19 s, and what fails is tried again.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Map<String, List<Told>> requests;
  private final List<CrashDevice> devices;
  private final Set<String> recalled;

  private WebhookInvariants(List<Told> log, List<CrashDevice> devices, Set<String> recalled) {
    this.requests =
        log.stream()
            .collect(
                Collectors.groupingBy(
                    WebhookInvariants::task, LinkedHashMap::new, Collectors.toList()));
    this.devices = devices;
    this.recalled = recalled;
  }

  static void check(
      CrashWebhookReceiver receiver,
      List<CrashDevice> devices,
      List<Pushed> pushed,
      Set<String> recalled) {
    List<Pushed> told = pushed.stream().filter(Pushed::withWebhook).toList();
    assertThat(told).hasSizeGreaterThan(50);
    long end = System.nanoTime() + PATIENCE.toNanos();
    var verdict = new WebhookInvariants(receiver.log(), devices, recalled);
    while (!told.stream().allMatch(verdict::isWhole) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE.toNanos());
      verdict = new WebhookInvariants(receiver.log(), devices, recalled);
    }
    told.forEach(verdict::check);
  }

  private static String task(Told told) {
    return told.id().substring(0, told.id().indexOf('-'));
  }

  private boolean isWhole(Pushed push) {
    Map<String, List<String>> events = events(push);
    return push.registrations().stream()
        .allMatch(
            registration ->
                events.getOrDefault(registration, List.of()).size() >= least(push, registration));
  }

  /// How many words there have to be of one delivery. Of a broadcast that was recalled only what
  /// the device does is told.
  private int least(Pushed push, String registration) {
    if (isOpened(push, registration)) {
      return 2;
    }
    return recalled.contains(push.task()) && push.registrations().size() > 1 ? 0 : 1;
  }

  private boolean isOpened(Pushed push, String registration) {
    String delivery = push.task() + "-" + registration;
    return devices.stream().anyMatch(device -> device.hasOpened(delivery));
  }

  private void check(Pushed push) {
    inOrder(requests.getOrDefault(push.task(), List.of()));
    Map<String, List<String>> events = events(push);
    for (String registration : push.registrations()) {
      var told =
          assertThat(events.getOrDefault(registration, List.of()))
              .as("told of " + push + " on " + registration);
      if (isOpened(push, registration)) {
        told.containsExactly("received", "clicked");
      } else if (!recalled.contains(push.task())) {
        told.containsExactly("received");
      } else {
        told.hasSizeBetween(least(push, registration), 1).doesNotContain("clicked");
      }
    }
  }

  /// What the receiver accepted of a task, each batch once, by registration.
  private Map<String, List<String>> events(Pushed push) {
    Map<String, String> accepted = new LinkedHashMap<>();
    for (Told told : requests.getOrDefault(push.task(), List.of())) {
      if (told.status() == 200) {
        accepted.putIfAbsent(told.id(), told.body());
      }
    }
    Map<String, List<String>> events = new HashMap<>();
    for (String body : accepted.values()) {
      JsonNode json = Json.read(body).orElseThrow();
      assertThat(json.path("task").asText()).isEqualTo(push.task());
      for (JsonNode event : json.path("events")) {
        events
            .computeIfAbsent(event.path("registrationId").asText(), _ -> new ArrayList<>())
            .add(event.path("event").asText());
      }
    }
    return events;
  }

  /// A batch is the same whenever it comes; the next one begins where it ends, and not before it
  /// was accepted.
  private static void inOrder(List<Told> requests) {
    Map<String, String> bodies = new HashMap<>();
    String newest = "";
    long end = 0;
    boolean accepted = true;
    for (Told told : requests) {
      String before = bodies.putIfAbsent(told.id(), told.body());
      if (before == null) {
        String[] numbers = told.id().split("-");
        assertThat(accepted).as("accepted before %s: %s", told.id(), newest).isTrue();
        assertThat(Long.parseLong(numbers[1])).as(told.id()).isEqualTo(end + 1);
        end = Long.parseLong(numbers[2]);
        newest = told.id();
        accepted = false;
      } else {
        assertThat(told.body()).as(told.id()).isEqualTo(before);
      }
      accepted |= told.id().equals(newest) && told.status() == 200;
    }
  }
}
