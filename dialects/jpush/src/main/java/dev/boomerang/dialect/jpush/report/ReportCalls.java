// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.engine.report.Statistics;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.StatisticsStore.ChannelShare;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import dev.boomerang.web.text.QueryParameters;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Serves `/v3/received` and `/v3/messages`, which report what happened to messages. A number
/// without data is `null`, an object without data is empty; a message that is unknown, or older
/// than a month, has no data.
///
/// Source: JPush "Report API v3".
public final class ReportCalls {
  static final Duration RETENTION = Duration.ofDays(30);

  private static final int MAX_MESSAGES = 100;
  private static final int MAX_GROUP_MESSAGES = 10;
  private static final Pattern ID = Pattern.compile("[0-9]{1,19}");

  private final Tasks tasks;
  private final Statistics statistics;
  private final Clock clock;

  public ReportCalls(Tasks tasks, Statistics statistics, Clock clock) {
    this.tasks = tasks;
    this.statistics = statistics;
    this.clock = clock;
  }

  private interface Row {
    void fill(ObjectNode row, Optional<ChannelBreakdown> numbers);
  }

  public Reply received(Caller caller, Call call) {
    return reply(caller, call, "msg_id", MAX_MESSAGES, ReportCalls::received);
  }

  public Reply receivedDetail(Caller caller, Call call) {
    return reply(caller, call, "msg_id", MAX_MESSAGES, ReportCalls::receivedDetail);
  }

  public Reply messages(Caller caller, Call call) {
    return reply(caller, call, "msg_id", MAX_MESSAGES, ReportCalls::message);
  }

  public Reply messagesDetail(Caller caller, Call call) {
    return reply(caller, call, "msg_id", MAX_MESSAGES, DetailReport::fill);
  }

  /// A group push is a push of the app the group's key belongs to, and has its id. The Java client
  /// asks for `group_msgids`, the Go client for `group_msgid`.
  public Reply groupMessages(Caller caller, Call call) {
    return reply(caller, call, "group_msgid", MAX_GROUP_MESSAGES, DetailReport::fill);
  }

  private Reply reply(Caller caller, Call call, String name, int most, Row row) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    String many = name + "s";
    String asked = query.text(many, 4_096).or(() -> query.text(name, 4_096)).orElse("");
    List<String> ids = Stream.of(asked.split(",", -1)).map(String::strip).toList();
    if (ids.size() > most || !ids.stream().allMatch(id -> ID.matcher(id).matches())) {
      throw new JpushException(JpushError.REPORT_INVALID, "Invalid parameter `" + many + "`.");
    }
    var body = Json.array();
    for (String id : ids) {
      row.fill(
          body.addObject().put(name, id),
          find(caller.app().id(), id).map(task -> ChannelBreakdown.of(statistics, task)));
    }
    return Reply.json(200, Json.write(body));
  }

  private Optional<Task> find(AppId app, String id) {
    return TaskId.parse(id)
        .flatMap(task -> tasks.find(app, task))
        .filter(task -> task.validity().acceptedAt().isAfter(clock.instant().minus(RETENTION)));
  }

  private static void received(ObjectNode row, Optional<ChannelBreakdown> numbers) {
    put(
        row,
        "android_received",
        numbers.flatMap(it -> it.onPlatform(Platform.ANDROID)),
        DeliveryCounts::arrived);
    ios(row, numbers);
  }

  private static void receivedDetail(ObjectNode row, Optional<ChannelBreakdown> numbers) {
    Optional<ChannelShare> vendors = numbers.flatMap(it -> it.onVendorChannels(Platform.ANDROID));
    put(
        row,
        "jpush_received",
        numbers.flatMap(it -> it.onOwnChannel(Platform.ANDROID)),
        DeliveryCounts::arrived);
    put(row, "android_pns_sent", vendors, DeliveryCounts::pushed);
    put(row, "android_pns_received", vendors, DeliveryCounts::arrived);
    ios(row, numbers);
    Optional<ChannelShare> quickapp = numbers.flatMap(it -> it.onOwnChannel(Platform.QUICKAPP));
    put(row, "quickapp_jpush_received", quickapp, DeliveryCounts::arrived);
    Optional<ChannelShare> quickappVendors =
        numbers.flatMap(it -> it.onVendorChannels(Platform.QUICKAPP));
    put(row, "quickapp_pns_sent", quickappVendors, DeliveryCounts::pushed);
    row.putNull("live_acivity_sent").putNull("live_acivity_received");
    Optional<ChannelShare> hmpns = numbers.flatMap(it -> it.onVendorChannels(Platform.HARMONY));
    put(row, "hmos_hmpns_sent", hmpns, DeliveryCounts::pushed);
    put(row, "hmos_hmpns_received", hmpns, DeliveryCounts::arrived);
    Optional<ChannelShare> harmony = numbers.flatMap(it -> it.onOwnChannel(Platform.HARMONY));
    put(row, "hmos_msg_sent", harmony, DeliveryCounts::pushed);
    put(row, "hmos_msg_received", harmony, DeliveryCounts::arrived);
  }

  private static void ios(ObjectNode row, Optional<ChannelBreakdown> numbers) {
    Optional<ChannelShare> apns = numbers.flatMap(it -> it.onVendorChannels(Platform.IOS));
    put(row, "ios_apns_sent", apns, DeliveryCounts::pushed);
    put(row, "ios_apns_received", apns, DeliveryCounts::arrived);
    put(
        row,
        "ios_msg_received",
        numbers.flatMap(it -> it.onOwnChannel(Platform.IOS)),
        DeliveryCounts::arrived);
    row.putNull("wp_mpns_sent");
  }

  private static void message(ObjectNode row, Optional<ChannelBreakdown> numbers) {
    ObjectNode android = row.putObject("android");
    numbers
        .flatMap(it -> it.onPlatform(Platform.ANDROID))
        .ifPresent(
            count ->
                android
                    .put("received", count.deliveryCounts().arrived())
                    .put("target", count.deliveryCounts().total())
                    .put("online_push", count.deliveryCounts().pushed())
                    .put("click", count.deliveryCounts().opened())
                    .putNull("msg_click"));
    ObjectNode ios = row.putObject("ios");
    numbers
        .flatMap(it -> it.onPlatform(Platform.IOS))
        .ifPresent(
            count -> {
              Optional<ChannelShare> apns =
                  numbers.flatMap(it -> it.onVendorChannels(Platform.IOS));
              put(ios, "apns_sent", apns, DeliveryCounts::pushed);
              put(ios, "apns_target", apns, DeliveryCounts::total);
              put(ios, "apns_received", apns, DeliveryCounts::arrived);
              ios.put("click", count.deliveryCounts().opened());
              Optional<ChannelShare> own = numbers.flatMap(it -> it.onOwnChannel(Platform.IOS));
              put(ios, "target", own, DeliveryCounts::total);
              put(ios, "received", own, DeliveryCounts::arrived);
            });
    row.putObject("winphone");
  }

  static void put(
      ObjectNode row,
      String name,
      Optional<ChannelShare> count,
      ToLongFunction<DeliveryCounts> which) {
    count.ifPresentOrElse(
        it -> row.put(name, which.applyAsLong(it.deliveryCounts())), () -> row.putNull(name));
  }

  /// The message that a body names, as a number or as a text.
  Task requireTask(Caller caller, Fields body, String field) {
    String id = body.requiredText(field, 19).strip();
    return find(caller.app().id(), id)
        .orElseThrow(() -> body.invalid(field, Kind.MALFORMED, "is that of no message"));
  }
}
