// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.Access.Caller;
import dev.boomerang.engine.Analysis;
import dev.boomerang.engine.Tasks;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.TallyStore.Share;
import dev.boomerang.web.Call;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Query;
import dev.boomerang.web.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `/v3/received` and `/v3/messages`: how messages turned out. A number of which there are no data
/// is `null`, an object is empty; a message that is unknown, or older than a month, has no data.
///
/// Source: JPush "Report API v3".
final class ReportCalls {
  static final Duration RETENTION = Duration.ofDays(30);

  private static final int MAX_MESSAGES = 100;
  private static final int MAX_GROUP_MESSAGES = 10;
  private static final Pattern ID = Pattern.compile("[0-9]{1,19}");

  private final Tasks tasks;
  private final Analysis analysis;
  private final Clock clock;

  ReportCalls(Tasks tasks, Analysis analysis, Clock clock) {
    this.tasks = tasks;
    this.analysis = analysis;
    this.clock = clock;
  }

  private interface Row {
    void fill(ObjectNode row, Optional<Breakdown> numbers);
  }

  Reply received(Caller caller, Call call) {
    return rows(caller, call, "msg_id", MAX_MESSAGES, ReportCalls::received);
  }

  Reply receivedDetail(Caller caller, Call call) {
    return rows(caller, call, "msg_id", MAX_MESSAGES, ReportCalls::receivedDetail);
  }

  Reply messages(Caller caller, Call call) {
    return rows(caller, call, "msg_id", MAX_MESSAGES, ReportCalls::message);
  }

  Reply messagesDetail(Caller caller, Call call) {
    return rows(caller, call, "msg_id", MAX_MESSAGES, DetailReport::fill);
  }

  /// A group push is a push of the app the group's key belongs to, and has its id. The Java client
  /// asks for `group_msgids`, the Go client for `group_msgid`.
  Reply groupMessages(Caller caller, Call call) {
    return rows(caller, call, "group_msgid", MAX_GROUP_MESSAGES, DetailReport::fill);
  }

  private Reply rows(Caller caller, Call call, String name, int most, Row row) {
    Fields query = Fields.of(Query.parse(call.query()));
    String many = name + "s";
    String asked = query.text(many, 4_096).or(() -> query.text(name, 4_096)).orElse("");
    List<String> ids = Stream.of(asked.split(",", -1)).map(String::strip).toList();
    if (ids.size() > most || !ids.stream().allMatch(id -> ID.matcher(id).matches())) {
      throw new JpushFault(JpushError.REPORT_INVALID, "Invalid parameter `" + many + "`.");
    }
    var body = Json.array();
    for (String id : ids) {
      row.fill(
          body.addObject().put(name, id),
          find(caller.app().id(), id).map(task -> Breakdown.of(analysis, task)));
    }
    return Reply.json(200, Json.write(body));
  }

  private Optional<Task> find(AppId app, String id) {
    return TaskId.parse(id)
        .flatMap(task -> tasks.find(app, task))
        .filter(task -> task.lifespan().acceptedAt().isAfter(clock.instant().minus(RETENTION)));
  }

  private static void received(ObjectNode row, Optional<Breakdown> numbers) {
    put(row, "android_received", numbers.flatMap(it -> it.on(Platform.ANDROID)), Tally::arrived);
    ios(row, numbers);
  }

  private static void receivedDetail(ObjectNode row, Optional<Breakdown> numbers) {
    Optional<Share> vendors = numbers.flatMap(it -> it.vendors(Platform.ANDROID));
    put(row, "jpush_received", numbers.flatMap(it -> it.own(Platform.ANDROID)), Tally::arrived);
    put(row, "android_pns_sent", vendors, Tally::pushed);
    put(row, "android_pns_received", vendors, Tally::arrived);
    ios(row, numbers);
    Optional<Share> quickapp = numbers.flatMap(it -> it.own(Platform.QUICKAPP));
    put(row, "quickapp_jpush_received", quickapp, Tally::arrived);
    Optional<Share> quickappVendors = numbers.flatMap(it -> it.vendors(Platform.QUICKAPP));
    put(row, "quickapp_pns_sent", quickappVendors, Tally::pushed);
    row.putNull("live_acivity_sent").putNull("live_acivity_received");
    Optional<Share> hmpns = numbers.flatMap(it -> it.vendors(Platform.HARMONY));
    put(row, "hmos_hmpns_sent", hmpns, Tally::pushed);
    put(row, "hmos_hmpns_received", hmpns, Tally::arrived);
    Optional<Share> harmony = numbers.flatMap(it -> it.own(Platform.HARMONY));
    put(row, "hmos_msg_sent", harmony, Tally::pushed);
    put(row, "hmos_msg_received", harmony, Tally::arrived);
  }

  private static void ios(ObjectNode row, Optional<Breakdown> numbers) {
    Optional<Share> apns = numbers.flatMap(it -> it.vendors(Platform.IOS));
    put(row, "ios_apns_sent", apns, Tally::pushed);
    put(row, "ios_apns_received", apns, Tally::arrived);
    put(row, "ios_msg_received", numbers.flatMap(it -> it.own(Platform.IOS)), Tally::arrived);
    row.putNull("wp_mpns_sent");
  }

  private static void message(ObjectNode row, Optional<Breakdown> numbers) {
    ObjectNode android = row.putObject("android");
    numbers
        .flatMap(it -> it.on(Platform.ANDROID))
        .ifPresent(
            count ->
                android
                    .put("received", count.tally().arrived())
                    .put("target", count.tally().total())
                    .put("online_push", count.tally().pushed())
                    .put("click", count.tally().opened())
                    .putNull("msg_click"));
    ObjectNode ios = row.putObject("ios");
    numbers
        .flatMap(it -> it.on(Platform.IOS))
        .ifPresent(
            count -> {
              Optional<Share> apns = numbers.flatMap(it -> it.vendors(Platform.IOS));
              put(ios, "apns_sent", apns, Tally::pushed);
              put(ios, "apns_target", apns, Tally::total);
              put(ios, "apns_received", apns, Tally::arrived);
              ios.put("click", count.tally().opened());
              Optional<Share> own = numbers.flatMap(it -> it.own(Platform.IOS));
              put(ios, "target", own, Tally::total);
              put(ios, "received", own, Tally::arrived);
            });
    row.putObject("winphone");
  }

  static void put(ObjectNode row, String name, Optional<Share> count, ToLongFunction<Tally> which) {
    count.ifPresentOrElse(
        it -> row.put(name, which.applyAsLong(it.tally())), () -> row.putNull(name));
  }

  /// The message that a body names, as a number or as a text.
  Task named(Caller caller, Fields body, String field) {
    String id = body.requiredText(field, 19).strip();
    return find(caller.app().id(), id)
        .orElseThrow(() -> body.fault(field, Kind.MALFORMED, "is that of no message"));
  }
}
