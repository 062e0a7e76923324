// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.Users.Invalid;
import dev.boomerang.dialect.vivo.VivoDialect.Ask;
import dev.boomerang.dialect.vivo.access.AppNumber;
import dev.boomerang.engine.Analysis;
import dev.boomerang.engine.Tasks;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What became of tasks, whichever dialect they came by.
final class ReportCalls {
  private static final int MAX_TASKS = 100;
  private static final int MAX_TEXT = 16_384;

  private final Tasks tasks;
  private final Analysis analysis;
  private final Quotas quotas;

  ReportCalls(Tasks tasks, Analysis analysis, Quotas quotas) {
    this.tasks = tasks;
    this.analysis = analysis;
    this.quotas = quotas;
  }

  /// Tasks that the app does not have are left out.
  ///
  /// Source: vivo "消息推送统计".
  ObjectNode statistics(Ask ask) {
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
  private static void tell(Tasks.View view, Tally tally, ArrayNode into) {
    Task.Reached reached = view.task().reached();
    int off =
        passedOver(reached, Invalid.OFF.cause()) + passedOver(reached, Invalid.UNINSTALLED.cause());
    int inactive = passedOver(reached, Invalid.INACTIVE.cause());
    int controlled = passedOver(reached, DeviceCap.CONTROLLED);
    int unknown = reached.unreached() - off - inactive - controlled;
    into.addObject()
        .put("taskId", view.task().id().toString())
        .put("target", view.total())
        .put("valid", view.total() - unknown - off - inactive)
        .put("send", tally.pushed())
        .put("receive", tally.arrived())
        .put("display", count(view.counts(), Phase.SHOWN, Phase.OPENED, Phase.DISMISSED))
        .put("click", tally.opened())
        .put("targetInvalid", unknown)
        .put("targetUnSub", off)
        .put("targetInActive", inactive)
        .put("covered", count(view.counts(), Phase.OVERRIDDEN))
        .put("controlled", controlled)
        .put("targetOffline", count(view.counts(), Phase.EXPIRED));
  }

  private static int passedOver(Task.Reached reached, String cause) {
    return reached.passedOver().getOrDefault(cause, 0);
  }

  private static int count(Map<Phase, Integer> counts, Phase... phases) {
    return Arrays.stream(phases).mapToInt(phase -> counts.getOrDefault(phase, 0)).sum();
  }

  /// Two texts, of which one stands for approved and for not known alike. A task that is none has
  /// the same.
  ///
  /// Source: vivo "消息状态查询"; its success is told in English.
  ObjectNode status(Ask ask) {
    AppId app = ask.app().id();
    List<String> ids = ids(ask.fields());
    quotas.takeStatusQuery(app);
    ObjectNode json = Json.object().put("result", 0).put("desc", "success");
    ArrayNode data = json.putArray("data");
    for (String id : ids) {
      String verdict =
          TaskId.parse(id)
              .flatMap(task -> tasks.find(app, task))
              .map(Verdicts::of)
              .orElse(Verdicts.UNKNOWN);
      data.addObject().put("taskId", id).put("desc", verdict);
    }
    return json;
  }

  /// The limits of the app and what it has used of them. The vendor never published the shape of
  /// its answer.
  ObjectNode appConfig(Ask ask) {
    AppId app = ask.app().id();
    ObjectNode json = VivoDialect.done();
    ObjectNode one = json.putArray("data").addObject();
    quotas.tell(app, one.put("appId", AppNumber.of(app)));
    return json;
  }

  private static List<String> ids(Fields fields) {
    String text = fields.requiredText("taskIds", MAX_TEXT);
    List<String> ids =
        Stream.of(text.split(",", -1)).map(String::strip).filter(id -> !id.isEmpty()).toList();
    if (ids.isEmpty()) {
      throw fields.fault("taskIds", Kind.MISSING, "must be given");
    }
    if (ids.size() > MAX_TASKS) {
      throw fields.fault("taskIds", Kind.OUT_OF_RANGE, "must have at most " + MAX_TASKS + " ids");
    }
    return ids;
  }
}
