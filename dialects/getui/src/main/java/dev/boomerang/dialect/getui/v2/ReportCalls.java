// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.report.ReportQueries.Numbers;
import dev.boomerang.dialect.getui.report.ReportQueries.Registered;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.RateLimit.Usage;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import dev.boomerang.web.text.QueryParameters;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;

/// Serves `/report`. Everything goes by our own channel, so `gt` is the only one.
///
/// Source: Getui "RestAPI V2", report.
final class ReportCalls {
  private static final int MAX_TASKS = 200;

  private final GetuiServices getui;

  ReportCalls(GetuiServices getui) {
    this.getui = getui;
  }

  /// Answers the numbers of tasks. Tasks that do not exist, or not yet, are left out.
  Reply tasks(Caller caller, Call call) {
    List<String> names = names(call);
    getui.quotas().take(caller.id(), Quota.REPORT_MINUTE);
    List<String> actions = actions(call);
    ObjectNode data = Json.object();
    for (String name : names) {
      getui
          .reports()
          .ofTask(caller.id(), name)
          .ifPresent(numbers -> data.set(name, json(numbers, actions)));
    }
    return V2Replies.of(data);
  }

  /// Returns the names in the path, each once; refuses more than [#MAX_TASKS].
  private static List<String> names(Call call) {
    List<String> names = Arrays.stream(call.param("taskids").split(",")).distinct().toList();
    if (names.size() > MAX_TASKS) {
      throw new InvalidFieldException("taskid", Kind.OUT_OF_RANGE, "must be at most " + MAX_TASKS);
    }
    return names;
  }

  /// Returns the ids of the app's own actions that the query asks for.
  private static List<String> actions(Call call) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    return query.text("actionIdList", 1_024).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .filter(id -> !id.isBlank())
        .toList();
  }

  /// Writes numbers. Counts of an app's own actions are 0: the vendor's device library reports
  /// them, and ours cannot.
  private static ObjectNode json(Numbers numbers, List<String> actions) {
    ObjectNode json = Json.object();
    putNumbers(json.putObject("total").put("msg_num", numbers.targets()), numbers);
    putNumbers(json.putObject("gt"), numbers);
    if (!actions.isEmpty()) {
      ObjectNode counts = json.putObject("actionCntMap");
      actions.forEach(id -> counts.put(id, 0));
    }
    return json;
  }

  private static void putNumbers(ObjectNode json, Numbers numbers) {
    json.put("target_num", numbers.targets())
        .put("receive_num", numbers.received())
        .put("display_num", numbers.shown())
        .put("click_num", numbers.clicked());
  }

  /// Answers the numbers of a task in detail; also of several tasks, which the Java client
  /// separates by commas.
  Reply detail(Caller caller, Call call) {
    List<String> names = names(call);
    getui.quotas().take(caller.id(), Quota.REPORT_MINUTE);
    ObjectNode data = Json.object();
    for (String name : names) {
      getui
          .reports()
          .ofTask(caller.id(), name)
          .ifPresent(numbers -> data.set(name, detailJson(caller, name, numbers)));
    }
    if (data.isEmpty()) {
      throw new GetuiException(ErrorKind.Simple.UNKNOWN_TASK);
    }
    return V2Replies.of(data);
  }

  /// Writes a task's numbers, with the deliveries that failed by their final status and in total.
  private ObjectNode detailJson(Caller caller, String name, Numbers numbers) {
    ObjectNode json = json(numbers, List.of());
    ObjectNode failed =
        json.putObject("failed_detail").putObject("fd").putObject("gt").putObject("delivery");
    long total = 0;
    for (var entry : getui.reports().failures(caller.id(), name).entrySet()) {
      failed.put(entry.getKey().wire(), entry.getValue());
      total += entry.getValue();
    }
    failed.put("total", total);
    return json;
  }

  Reply group(Caller caller, Call call) {
    String group = call.param("group");
    getui.quotas().take(caller.id(), Quota.REPORT_MINUTE);
    Numbers numbers = getui.reports().ofGroup(caller.id(), group);
    return V2Replies.of(Json.object().set(group, json(numbers, List.of())));
  }

  Reply pushDate(Caller caller, Call call) {
    LocalDate date = date(call);
    Numbers numbers = getui.reports().ofDay(caller.id(), date);
    return V2Replies.of(Json.object().set(date.toString(), json(numbers, List.of())));
  }

  private LocalDate date(Call call) {
    return getui
        .reports()
        .pastDate(call.param("date"), DateTimeFormatter.ISO_LOCAL_DATE, "yyyy-MM-dd");
  }

  /// Answers how many users registered. How many were active or online on a day is not recorded.
  Reply userDate(Caller caller, Call call) {
    LocalDate date = date(call);
    Registered registered = getui.reports().registered(caller.id(), date);
    ObjectNode json =
        Json.object()
            .put("accumulative_num", registered.total())
            .put("register_num", registered.onDay())
            .putNull("active_num")
            .putNull("online_num");
    return V2Replies.of(Json.object().set(date.toString(), json));
  }

  Reply online(Caller caller, Call call) {
    ObjectNode data = Json.object();
    getui.reports().writeOnline(caller.id(), data.putObject("online_statics"));
    return V2Replies.of(data);
  }

  /// Answers what is left of the day's quotas. The call itself counts for none of them.
  Reply count(Caller caller, Call call) {
    ObjectNode gt = Json.object();
    putQuota(gt.putObject("app"), caller, Quota.APP_DAY);
    putQuota(gt.putObject("list"), caller, Quota.LIST_DAY);
    putQuota(gt.putObject("app_with_tag"), caller, Quota.TAG_DAY);
    return V2Replies.of(Json.object().set("gt", gt));
  }

  /// Writes what is left of a quota; -1 stands for no limit.
  private void putQuota(ObjectNode json, Caller caller, Quota quota) {
    Usage usage = getui.quotas().usage(caller.id(), quota);
    int total = usage.limit() == 0 ? -1 : usage.limit();
    int remaining = usage.limit() == 0 ? -1 : usage.left();
    json.put("total_num", total).put("remain_num", remaining).put("limit", remaining == 0);
  }
}
