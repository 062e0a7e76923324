// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AppNumber;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.SuccessResponse;
import dev.boomerang.dialect.vivo.push.DailyDeviceLimit;
import dev.boomerang.dialect.vivo.push.ReviewStatus;
import dev.boomerang.dialect.vivo.user.User.InvalidReason;
import dev.boomerang.engine.report.Statistics;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Answers `/report/getStatistics`, `/report/getAppConfig` and `/search/msgStatus`. Tasks are found
/// whichever dialect they came by.
public final class ReportCalls {
  private static final int MAX_TASKS = 100;
  private static final int MAX_TEXT = 16_384;

  private final Tasks tasks;
  private final Statistics statistics;
  private final AppQuotas quotas;

  public ReportCalls(Tasks tasks, Statistics statistics, AppQuotas quotas) {
    this.tasks = tasks;
    this.statistics = statistics;
    this.quotas = quotas;
  }

  /// Returns the statistics of tasks. Tasks that the app does not have are left out.
  ///
  /// Source: vivo "消息推送统计".
  public ObjectNode statistics(AuthenticatedCall call) {
    AppId app = call.appId();
    ObjectNode json = SuccessResponse.create();
    ArrayNode entries = json.putArray("statistics");
    for (String text : taskIds(call.fields())) {
      TaskId.parse(text)
          .flatMap(id -> tasks.view(app, id))
          .ifPresent(
              view -> write(view, statistics.ofTask(app, view.task().id()), entries.addObject()));
    }
    return json;
  }

  /// Writes the statistics of one task. Of the users that lists name, those that cannot be reached
  /// or are over their daily limit are counted by the reason; any other that gets nothing is
  /// unknown or not a test device.
  private static void write(Tasks.View view, DeliveryCounts deliveryCounts, ObjectNode json) {
    Task.TargetCounts targetCounts = view.task().counts();
    int off =
        skipped(targetCounts, InvalidReason.OFF.cause())
            + skipped(targetCounts, InvalidReason.UNINSTALLED.cause());
    int inactive = skipped(targetCounts, InvalidReason.INACTIVE.cause());
    int controlled = skipped(targetCounts, DailyDeviceLimit.CONTROLLED);
    int unknown = targetCounts.unmatched() - off - inactive - controlled;
    json.put("taskId", view.task().id().toString())
        .put("target", view.total())
        .put("valid", view.total() - unknown - off - inactive)
        .put("send", deliveryCounts.pushed())
        .put("receive", deliveryCounts.arrived())
        .put(
            "display",
            count(
                view.counts(),
                DeliveryStatus.SHOWN,
                DeliveryStatus.OPENED,
                DeliveryStatus.DISMISSED))
        .put("click", deliveryCounts.opened())
        .put("targetInvalid", unknown)
        .put("targetUnSub", off)
        .put("targetInActive", inactive)
        .put("covered", count(view.counts(), DeliveryStatus.OVERRIDDEN))
        .put("controlled", controlled)
        .put("targetOffline", count(view.counts(), DeliveryStatus.EXPIRED));
  }

  private static int skipped(Task.TargetCounts targetCounts, String cause) {
    return targetCounts.skipped().getOrDefault(cause, 0);
  }

  private static int count(Map<DeliveryStatus, Integer> counts, DeliveryStatus... statuses) {
    return Arrays.stream(statuses).mapToInt(status -> counts.getOrDefault(status, 0)).sum();
  }

  /// Returns what the review decided about tasks. A task that the app does not have has the same
  /// status as one that is approved.
  ///
  /// Source: vivo "消息状态查询".
  public ObjectNode reviewStatus(AuthenticatedCall call) {
    AppId app = call.appId();
    List<String> ids = taskIds(call.fields());
    quotas.takeStatusQuery(app);
    ObjectNode json = SuccessResponse.ofStatusQuery();
    ArrayNode data = json.putArray("data");
    for (String id : ids) {
      String status =
          TaskId.parse(id)
              .flatMap(task -> tasks.find(app, task))
              .map(ReviewStatus::of)
              .orElse(ReviewStatus.UNKNOWN);
      data.addObject().put("taskId", id).put("desc", status);
    }
    return json;
  }

  /// Returns the limits of the app and what it has used of them. The vendor never published the
  /// format of this response.
  public ObjectNode appConfig(AuthenticatedCall call) {
    AppId app = call.appId();
    ObjectNode json = SuccessResponse.create();
    ObjectNode entry = json.putArray("data").addObject();
    quotas.write(app, entry.put("appId", AppNumber.of(app)));
    return json;
  }

  private static List<String> taskIds(Fields fields) {
    String text = fields.requiredText("taskIds", MAX_TEXT);
    List<String> ids =
        Stream.of(text.split(",", -1)).map(String::strip).filter(id -> !id.isEmpty()).toList();
    if (ids.isEmpty()) {
      throw fields.invalid("taskIds", Kind.MISSING, "must be given");
    }
    if (ids.size() > MAX_TASKS) {
      throw fields.invalid("taskIds", Kind.OUT_OF_RANGE, "must have at most " + MAX_TASKS + " ids");
    }
    return ids;
  }
}
