// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.bench.load.DeviceFleet;
import dev.boomerang.bench.message.BenchMessage;
import dev.boomerang.bench.message.MessageStamp;
import dev.boomerang.bench.process.BenchDatabase;
import dev.boomerang.bench.process.CpuShare;
import dev.boomerang.bench.process.ServerProcess;
import dev.boomerang.bench.process.TemporaryFolder;
import dev.boomerang.bench.report.Bench;
import dev.boomerang.bench.report.BenchOptions;
import dev.boomerang.bench.report.BenchReport;
import dev.boomerang.bench.report.LatencyHistogram;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// Measures one call for many connected devices, then its recall, round after round against the
/// whole server: when the call is answered, when each device and the last one has it, when each and
/// the last takes it off.
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

  /// The next nonce and message id. It begins far above those of
  /// [dev.boomerang.bench.load.SignedRequests], which count from 1.
  private long number = 1L << 40;

  MassBench(Kind kind) {
    this.kind = kind;
  }

  /// What a span of rounds showed.
  private static final class Times {
    final LatencyHistogram answer = new LatencyHistogram();
    final LatencyHistogram device = new LatencyHistogram();
    final LatencyHistogram last = new LatencyHistogram();
    final LatencyHistogram recallAnswer = new LatencyHistogram();
    final LatencyHistogram recallLast = new LatencyHistogram();
    double pushSeconds;
    double recallSeconds;
    int rounds;
  }

  @Override
  public void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception {
    try (var temporaryFolder = new TemporaryFolder();
        var benchDatabase = BenchDatabase.of(benchOptions);
        var serverProcess =
            ServerProcess.start(
                temporaryFolder, benchOptions.server(), benchDatabase.environment());
        var deviceFleet = new DeviceFleet(serverProcess.gateway(), Optional.empty())) {
      deviceFleet.connect(serverProcess.register(benchOptions.connections()));
      createTemplate(serverProcess);
      rounds(serverProcess, deviceFleet, benchOptions.connections(), benchOptions.warmUp());
      CpuShare cpu = CpuShare.since(serverProcess.process());
      Times times =
          rounds(serverProcess, deviceFleet, benchOptions.connections(), benchOptions.span());
      String used = cpu.toString();
      deviceFleet.checkAllThere();
      tell(
          benchReport,
          times,
          reached(benchOptions.connections()),
          BenchDatabase.name(benchOptions));
      benchReport.note(times.rounds + " rounds, " + used);
    }
  }

  /// Returns how many devices one call reaches.
  private int reached(int devices) {
    return switch (kind) {
      case MULTIPLE -> Math.min(TARGETS, devices);
      case EVERYONE -> devices;
    };
  }

  private static void tell(BenchReport benchReport, Times times, int reached, String store) {
    double all = (double) reached * times.rounds;
    benchReport.figure(
        reached + " devices a call: deliveries (" + store + ")", "/s", all / times.pushSeconds);
    tell(benchReport, "call to answer", times.answer);
    tell(benchReport, "call to a device", times.device);
    tell(benchReport, "call to the last device", times.last);
    benchReport.figure("recall: withdrawals", "/s", all / times.recallSeconds);
    tell(benchReport, "recall to answer", times.recallAnswer);
    tell(benchReport, "recall to the last withdrawal", times.recallLast);
  }

  private static void tell(
      BenchReport benchReport, String what, LatencyHistogram latencyHistogram) {
    benchReport.figure(what + ", p50", "ms", latencyHistogram.millis(50));
    benchReport.figure(what + ", p99", "ms", latencyHistogram.millis(99));
  }

  private void createTemplate(ServerProcess serverProcess) throws Exception {
    Map<String, String> form = new TreeMap<>();
    form.put("TemplateName", TEMPLATE);
    form.put("Title", "Parcel #stamp#");
    form.put("Content", BenchMessage.BODY);
    call(serverProcess, "CreateTemplate", form);
  }

  /// Repeats rounds for `span`; PushMultiple goes on to the next users each time, so that all
  /// mailboxes are used alike.
  private Times rounds(
      ServerProcess serverProcess, DeviceFleet deviceFleet, int devices, Duration span)
      throws Exception {
    var times = new Times();
    long end = System.nanoTime() + span.toNanos();
    int next = 0;
    while (System.nanoTime() < end) {
      round(serverProcess, deviceFleet, devices, next, times);
      next = (next + TARGETS) % devices;
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return times;
  }

  /// Pushes, waits for the last device, recalls, and waits for the last withdrawal. Nothing else is
  /// under way, so a count of arrivals is enough to tell the end.
  private void round(
      ServerProcess serverProcess, DeviceFleet deviceFleet, int devices, int next, Times times)
      throws Exception {
    long target = deviceFleet.received() + reached(devices);
    long begin = System.nanoTime();
    deviceFleet.onArrival(_ -> times.device.record(System.nanoTime() - begin));
    JsonNode answer =
        switch (kind) {
          case MULTIPLE -> call(serverProcess, "PushMultiple", multiple(devices, next));
          case EVERYONE -> call(serverProcess, "PushBroadcast", everyone());
        };
    times.answer.record(System.nanoTime() - begin);
    await(deviceFleet, target, "message");
    times.last.record(System.nanoTime() - begin);
    times.pushSeconds += (System.nanoTime() - begin) / 1e9;

    Map<String, String> recall = Map.of("TaskId", answer.at("/PushResult/Data").asText());
    deviceFleet.onArrival(_ -> {});
    long recalled = System.nanoTime();
    call(serverProcess, "RevokePushTask", recall);
    times.recallAnswer.record(System.nanoTime() - recalled);
    await(deviceFleet, target + reached(devices), "withdrawal");
    times.recallLast.record(System.nanoTime() - recalled);
    times.recallSeconds += (System.nanoTime() - recalled) / 1e9;
    times.rounds++;
  }

  private static void await(DeviceFleet deviceFleet, long target, String what) throws IOException {
    if (!deviceFleet.awaitReceived(target, PATIENCE)) {
      throw new IOException((target - deviceFleet.received()) + " devices missed a " + what);
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
      form.put(target + "Target", ServerProcess.user((next + i) % devices));
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
    return Json.write(Json.object().put("stamp", MessageStamp.text(number++)));
  }

  /// Makes a signed call. Throws `IOException` unless it succeeded: pushes say `OK`, template
  /// actions `100`.
  private JsonNode call(ServerProcess serverProcess, String action, Map<String, String> form)
      throws Exception {
    JsonNode answer =
        serverProcess.call(
            serverProcess.pushSigner().call(action, form, number++, clock.instant()));
    String code = answer.path("ResultCode").asText(answer.path("Code").asText());
    if (!code.equals("OK") && !code.equals("100")) {
      throw new IOException(action + " answers " + answer);
    }
    return answer;
  }
}
