// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// One call for many connected devices, then its recall, round after round against the whole
/// server: when the call is answered, when each device and the last one has it, when each and the
/// last is told to take it off.
final class MassBench implements Bench {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TEMPLATE = "bench";

  /// Between rounds, for the last acknowledgements to be stored.
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// Which call.
  enum Kind {
    /// PushMultiple to 400 users, each with a text of its own.
    MULTIPLE,
    /// PushBroadcast to every device.
    EVERYONE
  }

  /// Targets of one PushMultiple: the most the vendor's documents of 2021 allow.
  private static final int TARGETS = 400;

  private final Kind kind;
  private final Clock clock = Clock.systemUTC();
  private long number = 1L << 40;

  MassBench(Kind kind) {
    this.kind = kind;
  }

  /// What a span of rounds showed.
  private static final class Times {
    final Latency answer = new Latency();
    final Latency device = new Latency();
    final Latency last = new Latency();
    final Latency recallAnswer = new Latency();
    final Latency recallLast = new Latency();
    double pushSeconds;
    double recallSeconds;
    int rounds;
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    try (var scratch = new Scratch();
        var database = Database.of(options);
        var server = Server.start(scratch, options.server(), database.environment());
        var fleet = new Fleet(server.gateway(), Optional.empty())) {
      fleet.connect(server.register(options.connections()));
      createTemplate(server);
      rounds(server, fleet, options.connections(), options.warmUp());
      CpuShare cpu = CpuShare.since(server.process());
      Times times = rounds(server, fleet, options.connections(), options.span());
      String used = cpu.toString();
      fleet.checkAllThere();
      tell(report, times, reached(options.connections()), Database.name(options));
      report.note(times.rounds + " rounds, " + used);
    }
  }

  private int reached(int devices) {
    return switch (kind) {
      case MULTIPLE -> Math.min(TARGETS, devices);
      case EVERYONE -> devices;
    };
  }

  private static void tell(Report report, Times times, int reached, String store) {
    double all = (double) reached * times.rounds;
    report.figure(
        reached + " devices a call: deliveries (" + store + ")", "/s", all / times.pushSeconds);
    tell(report, "call to answer", times.answer);
    tell(report, "call to a device", times.device);
    tell(report, "call to the last device", times.last);
    report.figure("recall: withdrawals", "/s", all / times.recallSeconds);
    tell(report, "recall to answer", times.recallAnswer);
    tell(report, "recall to the last withdrawal", times.recallLast);
  }

  private static void tell(Report report, String what, Latency latency) {
    report.figure(what + ", p50", "ms", latency.millis(50));
    report.figure(what + ", p99", "ms", latency.millis(99));
  }

  private void createTemplate(Server server) throws Exception {
    Map<String, String> form = new TreeMap<>();
    form.put("TemplateName", TEMPLATE);
    form.put("Title", "Parcel #stamp#");
    form.put("Content", Message.BODY);
    call(server, "CreateTemplate", form);
  }

  private Times rounds(Server server, Fleet fleet, int devices, Duration span) throws Exception {
    var times = new Times();
    long end = System.nanoTime() + span.toNanos();
    int next = 0;
    while (System.nanoTime() < end) {
      round(server, fleet, devices, next, times);
      next = (next + TARGETS) % devices;
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return times;
  }

  private void round(Server server, Fleet fleet, int devices, int next, Times times)
      throws Exception {
    long target = fleet.received() + reached(devices);
    long begin = System.nanoTime();
    fleet.onArrival(_ -> times.device.record(System.nanoTime() - begin));
    JsonNode answer =
        switch (kind) {
          case MULTIPLE -> call(server, "PushMultiple", multiple(devices, next));
          case EVERYONE -> call(server, "PushBroadcast", everyone());
        };
    times.answer.record(System.nanoTime() - begin);
    await(fleet, target, "message");
    times.last.record(System.nanoTime() - begin);
    times.pushSeconds += (System.nanoTime() - begin) / 1e9;

    Map<String, String> recall = Map.of("TaskId", answer.at("/PushResult/Data").asText());
    fleet.onArrival(_ -> {});
    long recalled = System.nanoTime();
    call(server, "RevokePushTask", recall);
    times.recallAnswer.record(System.nanoTime() - recalled);
    await(fleet, target + reached(devices), "withdrawal");
    times.recallLast.record(System.nanoTime() - recalled);
    times.recallSeconds += (System.nanoTime() - recalled) / 1e9;
    times.rounds++;
  }

  private static void await(Fleet fleet, long target, String what) throws IOException {
    if (!fleet.awaitReceived(target, PATIENCE)) {
      throw new IOException((target - fleet.received()) + " devices missed a " + what);
    }
  }

  private Map<String, String> push() {
    Map<String, String> form = new TreeMap<>();
    form.put("TaskName", "bench");
    form.put("ExpiredSeconds", "3600");
    form.put("TemplateName", TEMPLATE);
    return form;
  }

  private Map<String, String> multiple(int devices, int next) {
    Map<String, String> form = push();
    form.put("DeliveryType", "3"); // to users
    for (int i = 0; i < reached(devices); i++) {
      String target = "TargetMsg." + (i + 1) + ".";
      form.put(target + "Target", Server.user((next + i) % devices));
      form.put(target + "MsgKey", "m" + number++);
      form.put(target + "TemplateKeyValue", stamp());
    }
    return form;
  }

  private Map<String, String> everyone() {
    Map<String, String> form = push();
    form.put("DeliveryType", "1"); // Android
    form.put("Msgkey", "m" + number++);
    form.put("PushStatus", "0"); // bound users
    form.put("BindPeriod", "4"); // whenever they were bound
    form.put("TemplateKeyValue", stamp());
    return form;
  }

  private String stamp() {
    return Json.write(Json.object().put("stamp", Stamp.text(number++)));
  }

  private JsonNode call(Server server, String action, Map<String, String> form) throws Exception {
    JsonNode answer = server.call(server.signer().call(action, form, number++, clock.instant()));
    String code = answer.path("ResultCode").asText(answer.path("Code").asText());
    if (!code.equals("OK") && !code.equals("100")) {
      throw new IOException(action + " answers " + answer);
    }
    return answer;
  }
}
