// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.report.ReportQueries;
import dev.boomerang.dialect.getui.report.ReportQueries.Numbers;
import dev.boomerang.dialect.getui.report.ReportQueries.Registered;
import dev.boomerang.web.field.Fields;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Answers numbers of tasks, days and users. Everything goes by our own channel, so there is no
/// `APN`.
///
/// Source: Getui "V1 server SDK", statistics.
final class ReportCalls {
  private static final int MAX_TASKS = 200;

  private final GetuiServices getui;
  private final ReportQueries reports;

  ReportCalls(GetuiServices getui) {
    this.getui = getui;
    this.reports = getui.reports();
  }

  /// Answers the numbers of one task. Reading the request comes before the quota: a malformed one
  /// does not count.
  ObjectNode task(Caller caller, Fields fields) {
    String task = LenientFields.task(fields, TaskCalls.TASK);
    getui.quotas().take(caller.id(), Quota.REPORT_MINUTE);
    Numbers numbers =
        reports
            .ofTask(caller.id(), task)
            .orElseThrow(() -> new WireResultException(WireResult.NO_TASK));
    return putNumbers(WireReplies.ok().put(TaskCalls.TASK, task), numbers);
  }

  /// Writes numbers as texts, as the vendor documents them.
  private static ObjectNode putNumbers(ObjectNode answer, Numbers numbers) {
    String sent = Long.toString(numbers.sent());
    String received = Long.toString(numbers.received());
    String shown = Long.toString(numbers.shown());
    String clicked = Long.toString(numbers.clicked());
    answer
        .put("msgTotal", Long.toString(numbers.targets()))
        .put("msgProcess", received)
        .put("clickNum", clicked)
        .put("pushNum", sent)
        .put("feedbackTotal", received)
        .put("clickTotal", clicked)
        .put("displayTotal", shown)
        .put("sentTotal", sent)
        .putObject("GT")
        .put("sent", sent)
        .put("feedback", received)
        .put("clicked", clicked)
        .put("displayed", shown)
        .put("result", WireResult.OK.code());
    return answer;
  }

  /// Answers the numbers of tasks. A task that does not exist, or not yet, has a result and no
  /// numbers.
  ObjectNode tasks(Caller caller, Fields fields) {
    List<String> tasks = LenientFields.names(fields, "taskIdList", MAX_TASKS);
    if (tasks.isEmpty()) {
      throw new WireResultException(WireResult.BLANK_TASK);
    }
    getui.quotas().take(caller.id(), Quota.REPORT_MINUTE);
    ObjectNode answer = WireReplies.ok();
    var data = answer.putArray("data");
    for (String task : tasks) {
      Optional<Numbers> numbers = reports.ofTask(caller.id(), task);
      ObjectNode entry =
          WireReplies.of(numbers.isPresent() ? WireResult.OK : WireResult.NO_TASK)
              .put(TaskCalls.TASK, task);
      data.add(numbers.map(it -> putNumbers(entry, it)).orElse(entry));
    }
    return answer;
  }

  /// Answers the sum over all tasks of a group; zeros if no task has this group name.
  ObjectNode group(Caller caller, Fields fields) {
    String group = fields.requiredText("groupName", LenientFields.MAX_NAME);
    getui.quotas().take(caller.id(), Quota.REPORT_MINUTE);
    ObjectNode answer = WireReplies.ok().put("groupName", group);
    putNumbers(answer.putObject("data"), reports.ofGroup(caller.id(), group));
    return answer;
  }

  /// Answers how many users are connected now. The vendor answers 24 hours; ours is the last value
  /// only.
  ObjectNode online(Caller caller, Fields fields) {
    ObjectNode answer = WireReplies.ok();
    reports.writeOnline(caller.id(), answer.putObject("onlineStatics"));
    return answer;
  }

  /// Answers the numbers of one day's pushes, as numbers and not as texts, unlike those of a task.
  ObjectNode pushes(Caller caller, Fields fields) {
    LocalDate date = date(fields);
    Numbers numbers = reports.ofDay(caller.id(), date);
    ObjectNode answer = WireReplies.ok();
    putDay(answer, caller, date)
        .put("sendCount", numbers.targets())
        .put("sendOnlineCount", numbers.sent())
        .put("receiveCount", numbers.received())
        .put("showCount", numbers.shown())
        .put("clickCount", numbers.clicked());
    return answer;
  }

  /// Answers how many users registered. How many were active or online on a day is not recorded,
  /// and left out.
  ObjectNode users(Caller caller, Fields fields) {
    LocalDate date = date(fields);
    Registered registered = reports.registered(caller.id(), date);
    ObjectNode answer = WireReplies.ok();
    putDay(answer, caller, date)
        .put("newRegistCount", registered.onDay())
        .put("registTotalCount", registered.total());
    return answer;
  }

  /// Begins `data` with the app and the day, and returns it to be filled.
  private static ObjectNode putDay(ObjectNode answer, Caller caller, LocalDate date) {
    return answer
        .putObject("data")
        .put("appId", caller.id().value())
        .put("date", TimeFormats.day(date));
  }

  private LocalDate date(Fields fields) {
    return reports.pastDate(fields.requiredText("date", 16), TimeFormats.DAY, "yyyyMMdd");
  }
}
