// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.StatisticsStore.ChannelShare;
import dev.boomerang.port.StatisticsStore.PlatformChannel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Builds a row of `/v3/messages/detail`: what came before 2022 (`jpush`, `android_pns`, `ios`),
/// and under `details` the numbers by platform and channel. An object of which there are no data is
/// empty: JPush's Java client reads `null` in no place where it expects one.
///
/// Source: JPush "Report API v3", messages detail.
final class DetailReport {
  private DetailReport() {}

  static void fill(ObjectNode row, Optional<ChannelBreakdown> numbers) {
    jpush(row, "jpush", numbers.flatMap(it -> it.onOwnChannel(Platform.ANDROID)));
    vendors(row, "android_pns", numbers.flatMap(it -> it.onVendorChannels(Platform.ANDROID)));
    ios(row, numbers);
    row.putObject("winphone");
    jpush(row, "quickapp_jpush", numbers.flatMap(it -> it.onOwnChannel(Platform.QUICKAPP)));
    vendors(row, "quickapp_pns", numbers.flatMap(it -> it.onVendorChannels(Platform.QUICKAPP)));
    ObjectNode details = row.putObject("details");
    numbers.filter(it -> !it.channelShares().isEmpty()).ifPresent(it -> details(details, it));
  }

  private static void jpush(ObjectNode row, String name, Optional<ChannelShare> count) {
    ObjectNode object = row.putObject(name);
    count.ifPresent(
        it ->
            object
                .put("target", it.deliveryCounts().total())
                .put("online_push", it.deliveryCounts().pushed())
                .put("received", it.deliveryCounts().arrived())
                .put("click", it.deliveryCounts().opened())
                .putNull("msg_click"));
  }

  private static void vendors(ObjectNode row, String name, Optional<ChannelShare> count) {
    ObjectNode object = row.putObject(name);
    count.ifPresent(
        it ->
            object
                .put("pns_target", it.deliveryCounts().total())
                .put("pns_sent", it.deliveryCounts().pushed())
                .put("pns_received", it.deliveryCounts().arrived())
                .put("pns_click", it.deliveryCounts().opened()));
  }

  private static void ios(ObjectNode row, Optional<ChannelBreakdown> numbers) {
    ObjectNode ios = row.putObject("ios");
    if (numbers.flatMap(it -> it.onPlatform(Platform.IOS)).isEmpty()) {
      return;
    }
    Optional<ChannelShare> apns = numbers.flatMap(it -> it.onVendorChannels(Platform.IOS));
    ReportCalls.put(ios, "apns_target", apns, DeliveryCounts::total);
    ReportCalls.put(ios, "apns_sent", apns, DeliveryCounts::pushed);
    ReportCalls.put(ios, "apns_received", apns, DeliveryCounts::arrived);
    ReportCalls.put(ios, "apns_click", apns, DeliveryCounts::opened);
    Optional<ChannelShare> own = numbers.flatMap(it -> it.onOwnChannel(Platform.IOS));
    ReportCalls.put(ios, "msg_target", own, DeliveryCounts::total);
    ReportCalls.put(ios, "msg_received", own, DeliveryCounts::arrived);
  }

  private static void details(ObjectNode details, ChannelBreakdown numbers) {
    for (String kind : kinds(numbers.task().content())) {
      ObjectNode block = details.putObject(kind);
      put(block, numbers.all().orElse(ChannelShare.NONE));
      sub(block, "sub_android", numbers, Platform.ANDROID, "jg_android");
      sub(block, "sub_ios", numbers, Platform.IOS, "jg_ios");
      sub(block, "sub_hmos", numbers, Platform.HARMONY, "jg_hmos");
      sub(block, "sub_quickapp", numbers, Platform.QUICKAPP, "quickapp_jpush");
    }
  }

  /// A message of both kinds is delivered as one: each has its numbers.
  private static Set<String> kinds(Content content) {
    return switch (content) {
      case Content.Notification _ -> Set.of("notification");
      case Content.DataMessage _ -> Set.of("message");
      case Content.NotificationWithData _ -> new TreeSet<>(List.of("notification", "message"));
      case Content.PerPlatform each -> {
        var kinds = new TreeSet<String>();
        kinds.addAll(kinds(each.otherwise()));
        each.own().values().forEach(one -> kinds.addAll(kinds(one)));
        yield kinds;
      }
    };
  }

  private static void put(ObjectNode block, ChannelShare count) {
    block
        .put("target", count.deliveryCounts().total())
        .put("sent", count.deliveryCounts().pushed())
        .put("received", count.deliveryCounts().arrived())
        .put("display", count.seen())
        .put("click", count.deliveryCounts().opened());
  }

  /// Our own channel under JPush's name for its own, the others under theirs.
  private static void sub(
      ObjectNode block, String name, ChannelBreakdown numbers, Platform platform, String own) {
    if (numbers.onPlatform(platform).isEmpty()) {
      return;
    }
    ObjectNode sub = block.putObject(name);
    numbers.channelShares().entrySet().stream()
        .filter(entry -> entry.getKey().platform() == platform)
        .sorted(
            Comparator.comparing(
                (Map.Entry<PlatformChannel, ChannelShare> e) -> e.getKey().channel().toString()))
        .forEach(
            entry -> {
              ChannelId channel = entry.getKey().channel();
              put(sub.putObject(channel.isSelf() ? own : channel.toString()), entry.getValue());
            });
  }
}
