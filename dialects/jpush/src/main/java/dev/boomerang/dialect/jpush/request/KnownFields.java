// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushFault;
import dev.boomerang.web.field.Fields;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The members a push object may have, the vendor's clients' own among them. What vendors read
/// under `third_party_channel` changes too often to be listed.
///
/// Source: JPush "Push API v3"; `ai_opportunity` and `content` of an SMS: its clients.
final class KnownFields {
  private static final Map<String, Set<String>> KNOWN =
      Map.ofEntries(
          Map.entry(
              "",
              Set.of(
                  "cid",
                  "platform",
                  "audience",
                  "target",
                  "notification",
                  "message",
                  "live_activity",
                  "notification_3rd",
                  "inapp_message",
                  "sms_message",
                  "options",
                  "callback")),
          Map.entry(
              "notification",
              Set.of(
                  "alert",
                  "alternate_alert",
                  "ai_opportunity",
                  "voip",
                  "android",
                  "ios",
                  "hmos",
                  "quickapp",
                  "winphone")),
          Map.entry(
              "notification.android",
              Set.of(
                  "alert",
                  "title",
                  "alternate_alert",
                  "alternate_title",
                  "builder_id",
                  "channel_id",
                  "category",
                  "priority",
                  "style",
                  "alert_type",
                  "big_text",
                  "inbox",
                  "big_pic_path",
                  "extras",
                  "large_icon",
                  "small_icon_uri",
                  "icon_bg_color",
                  "intent",
                  "uri_activity",
                  "uri_action",
                  "badge_add_num",
                  "badge_set_num",
                  "badge_class",
                  "sound",
                  "show_begin_time",
                  "show_end_time",
                  "display_foreground",
                  "custom_buttons")),
          Map.entry(
              "notification.ios",
              Set.of(
                  "alert",
                  "alternate_alert",
                  "sound",
                  "badge",
                  "content-available",
                  "mutable-content",
                  "category",
                  "thread-id",
                  "interruption-level",
                  "extras")),
          Map.entry(
              "notification.hmos",
              Set.of(
                  "alert",
                  "title",
                  "alternate_alert",
                  "alternate_title",
                  "category",
                  "large_icon",
                  "intent",
                  "badge_add_num",
                  "badge_set_num",
                  "test_message",
                  "receipt_id",
                  "extras",
                  "style",
                  "inbox",
                  "push_type",
                  "extra_data",
                  "display_foreground",
                  "sound",
                  "sound_duration",
                  "hm_payload")),
          Map.entry("notification.quickapp", Set.of("alert", "title", "page", "extras")),
          Map.entry("notification.winphone", Set.of("alert", "title", "_open_page", "extras")),
          Map.entry(
              "message",
              Set.of(
                  "msg_content",
                  "title",
                  "content_type",
                  "extras",
                  "alternate_title",
                  "alternate_content",
                  "test_message")),
          Map.entry("inapp_message", Set.of("inapp_message")),
          Map.entry(
              "sms_message",
              Set.of("delay_time", "temp_id", "temp_para", "signid", "active_filter", "content")),
          Map.entry("callback", Set.of("url", "params", "type")),
          Map.entry("live_activity", Set.of("ios")),
          Map.entry(
              "options",
              Set.of(
                  "sendno",
                  "time_to_live",
                  "override_msg_id",
                  "apns_production",
                  "apns_collapse_id",
                  "big_push_duration",
                  "third_party_channel",
                  "classification",
                  "target_event",
                  "test_message",
                  "test_model",
                  "receipt_id",
                  "business_operation_code",
                  "notification_3rd_ver",
                  "active_push",
                  "need_backup",
                  "auto_truncation",
                  "mkt_enable",
                  "notification_switch_filter",
                  "alternate_set",
                  "geofence",
                  "portal_extra")));

  private KnownFields() {}

  /// Refuses a push that has a member nobody knows, at any depth that is listed.
  static void check(Fields push) {
    check(push, "");
  }

  private static void check(Fields fields, String path) {
    check(fields, path, KNOWN.getOrDefault(path, fields.names()));
    for (String name : new TreeSet<>(fields.names())) {
      String inner = path.isEmpty() ? name : path + "." + name;
      if (KNOWN.containsKey(inner)
          && fields.node(name).filter(ObjectNode.class::isInstance).isPresent()) {
        check(fields.object(name), inner);
      }
    }
  }

  static void check(Fields fields, String path, Set<String> known) {
    for (String name : new TreeSet<>(fields.names())) {
      if (!known.contains(name)) {
        throw new JpushFault(
            JpushError.UNKNOWN_MEMBER,
            "Unsupported member " + (path.isEmpty() ? name : path + "." + name) + ".");
      }
    }
  }
}
