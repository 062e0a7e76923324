// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect;
import dev.boomerang.dialect.vivo.VivoDialect.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.AppNumber;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.push.DailyDeviceLimit;
import dev.boomerang.dialect.vivo.push.ReviewStatus;
import dev.boomerang.dialect.vivo.user.UserLookup.InvalidReason;
import dev.boomerang.engine.report.Statistics;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What became of tasks, whichever dialect they came by.
public final class ReportCalls {
  private static final int MAX_TASKS = 100;
  private static final int MAX_TEXT = 16_384;

  private final Tasks tasks;
  private final Statistics analysis;
  private final AppQuotas quotas;

  public ReportCalls(Tasks tasks, Statistics analysis, AppQuotas quotas) {
    this.tasks = tasks;
    this.analysis = analysis;
    this.quotas = quotas;
  }

  /// Tasks that the app does not have are left out.
  ///
  /// Source: vivo "消息推送统计".
  public ObjectNode statistics(AuthenticatedCall ask) {
    AppId app = ask.app().id();
    ObjectNode json = VivoDialect.done();
    ArrayNode statistics = json.putArray("statistics");
    for (String text : ids(ask.fields())) {
      TaskId.parse(text)
          .flatMap(id -> tasks.view(app, id))
          .ifPresent(view -> tell(view, analysis.ofTask(app, view.task().id()), statistics));
    }
    return json;
  }

  /// Of the users whom lists name, those whom nothing would reach, or who have had enough today,
  /// are counted by their causes; any other that gets nothing is unknown, or not for tests.
  private static void tell(Tasks.View view, DeliveryCounts deliveryCounts, ArrayNode into) {
    Task.TargetCounts targetCounts = view.task().counts();
    int off =
        passedOver(targetCounts, InvalidReason.OFF.cause())
            + passedOver(targetCounts, InvalidReason.UNINSTALLED.cause());
    int inactive = passedOver(targetCounts, InvalidReason.INACTIVE.cause());
    int controlled = passedOver(targetCounts, DailyDeviceLimit.CONTROLLED);
    int unknown = targetCounts.unmatched() - off - inactive - controlled;
    into.addObject()
        .put("taskId", view.task().id().toString())
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

  private static int passedOver(Task.TargetCounts targetCounts, String cause) {
    return targetCounts.skipped().getOrDefault(cause, 0);
  }

  private static int count(Map<DeliveryStatus, Integer> counts, DeliveryStatus... phases) {
    return Arrays.stream(phases)
        .mapToInt(deliveryStatus -> counts.getOrDefault(deliveryStatus, 0))
        .sum();
  }

  /// Two texts, of which one stands for approved and for not known alike. A task that is none has
  /// the same.
  ///
  /// Source: vivo "消息状态查询"; its success is told in English.
  public ObjectNode status(AuthenticatedCall ask) {
    AppId app = ask.app().id();
    List<String> ids = ids(ask.fields());
    quotas.takeStatusQuery(app);
    ObjectNode json = Json.object().put("result", 0).put("desc", "success");
    ArrayNode data = json.putArray("data");
    for (String id : ids) {
      String verdict =
          TaskId.parse(id)
              .flatMap(task -> tasks.find(app, task))
              .map(ReviewStatus::of)
              .orElse(ReviewStatus.UNKNOWN);
      data.addObject().put("taskId", id).put("desc", verdict);
    }
    return json;
  }

  /// The limits of the app and what it has used of them. The vendor never published the shape of
  /// its answer.
  public ObjectNode appConfig(AuthenticatedCall ask) {
    AppId app = ask.app().id();
    ObjectNode json = VivoDialect.done();
    ObjectNode one = json.putArray("data").addObject();
    quotas.write(app, one.put("appId", AppNumber.of(app)));
    return json;
  }

  private static List<String> ids(Fields fields) {
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
