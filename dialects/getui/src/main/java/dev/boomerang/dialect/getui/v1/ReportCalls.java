// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.report.ReportQueries.Numbers;
import dev.boomerang.dialect.getui.report.ReportQueries.Registered;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Answers numbers of tasks and days. What is not recorded is left out.
///
/// Source: Getui "REST API V1", data.
final class ReportCalls {
  private static final int MAX_TASKS = 200;
  private static final int MAX_CIDS = 1_000;

  /// Lists the statuses of a delivery that has been on its device.
  private static final Set<DeliveryStatus> RECEIVED =
      EnumSet.of(
          DeliveryStatus.DELIVERED,
          DeliveryStatus.SHOWN,
          DeliveryStatus.OPENED,
          DeliveryStatus.DISMISSED);

  private final GetuiServices getui;

  ReportCalls(GetuiServices getui) {
    this.getui = getui;
  }

  private static Fields body(Call call) {
    return Fields.of(call.body(), "the body");
  }

  /// Answers the numbers of tasks. Tasks that do not exist, or not yet, are left out; if that is
  /// all of them, the result is `no_taskid`.
  Reply tasks(Caller caller, Call call) {
    Fields body = body(call);
    List<String> names = body.texts("taskIdList", MAX_TASKS, 128);
    if (names.isEmpty()) {
      throw body.invalid("taskIdList", Kind.MISSING, "must be given");
    }
    getui.quotas().take(caller.id(), Quota.REPORT_MINUTE);
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    for (String name : names) {
      getui
          .reports()
          .ofTask(caller.id(), name)
          .ifPresent(numbers -> putNumbers(data.addObject().put("taskId", name), numbers));
    }
    if (data.isEmpty()) {
      throw new GetuiException(ErrorKind.Simple.UNKNOWN_TASK);
    }
    return V1Result.ok(answer);
  }

  private static void putNumbers(ObjectNode json, Numbers numbers) {
    json.put("msgTotal", numbers.targets())
        .put("pushNum", numbers.sent())
        .put("msgProcess", numbers.received())
        .put("clickNum", numbers.clicked());
    json.putObject("GT")
        .put("sent", numbers.sent())
        .put("feedback", numbers.received())
        .put("displayed", numbers.shown())
        .put("clicked", numbers.clicked());
  }

  Reply group(Caller caller, Call call) {
    String group = call.param("group");
    getui.quotas().take(caller.id(), Quota.REPORT_MINUTE);
    ObjectNode answer = Json.object();
    putNumbers(
        answer.putObject("data").put("groupName", group),
        getui.reports().ofGroup(caller.id(), group));
    return V1Result.ok(answer);
  }

  private LocalDate date(Call call) {
    return getui
        .reports()
        .pastDate(call.param("date"), DateTimeFormatter.BASIC_ISO_DATE, "yyyyMMdd");
  }

  private static ObjectNode putDate(ObjectNode answer, Caller caller, Call call) {
    return answer
        .putObject("data")
        .put("appId", caller.id().value())
        .put("date", call.param("date"));
  }

  Reply users(Caller caller, Call call) {
    Registered registered = getui.reports().registered(caller.id(), date(call));
    ObjectNode answer = Json.object();
    putDate(answer, caller, call)
        .put("newRegistCount", registered.onDay())
        .put("registTotalCount", registered.total());
    return V1Result.ok(answer);
  }

  Reply pushes(Caller caller, Call call) {
    Numbers numbers = getui.reports().ofDay(caller.id(), date(call));
    ObjectNode answer = Json.object();
    putDate(answer, caller, call)
        .put("sendCount", numbers.sent())
        .put("receiveCount", numbers.received())
        .put("showCount", numbers.shown())
        .put("clickCount", numbers.clicked());
    return V1Result.ok(answer);
  }

  Reply online(Caller caller, Call call) {
    ObjectNode answer = Json.object();
    getui.reports().writeOnline(caller.id(), answer.putObject("onlineStatics"));
    return V1Result.ok(answer);
  }

  /// Answers no tags: the vendor derives them from its users' behaviour, and we derive nothing.
  Reply portraits(Caller caller, Call call) {
    ObjectNode answer = Json.object();
    answer.putArray("tags");
    return V1Result.ok(answer);
  }

  /// Answers which of these cids a task has reached.
  Reply feedback(Caller caller, Call call) {
    Fields data = body(call).object("data");
    String task = data.requiredText("taskId", 128);
    List<String> cids = data.texts("cids", MAX_CIDS, 128);
    getui.quotas().take(caller.id(), Quota.REPORT_MINUTE);
    ObjectNode answer = Json.object();
    ObjectNode reachedData = answer.putObject("data").put("taskId", task);
    var reachedCids = reachedData.putArray("cids");
    getui
        .tasks()
        .statuses(caller.id(), task, cids)
        .forEach(
            (cid, deliveryStatus) -> {
              if (RECEIVED.contains(deliveryStatus)) {
                reachedCids.add(cid);
              }
            });
    return V1Result.ok(answer);
  }
}
