// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.App;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Push;
import dev.boomerang.model.Replacing;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Segment;
import dev.boomerang.model.Source;
import dev.boomerang.model.TaskId;
import dev.boomerang.web.Body;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a push object into what the engine understands.
///
/// Source: JPush "Push API v3"; override: "消息覆盖与撤回".
final class Orders {
  private static final long DEFAULT_TTL = 86_400;
  private static final long MAX_TTL = 864_000;

  /// A push of time to live 0 is for devices that are connected now: it lives no longer than it
  /// takes to hand it over.
  private static final Duration NOW = Duration.ofSeconds(1);

  private static final int MAX_COLLAPSE_BYTES = 64;
  private static final long MAX_SMS_DELAY = 86_400;
  private static final long MAX_PACE_MINUTES = 1_400;

  private static final Set<String> MEMBERS =
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
          "callback");

  private final JpushConfig config;

  Orders(JpushConfig config) {
    this.config = config;
  }

  static Fields body(byte[] bytes) {
    return Json.read(Body.of(bytes))
        .filter(ObjectNode.class::isInstance)
        .map(node -> Fields.of((ObjectNode) node))
        .orElseThrow(
            () ->
                new JpushFault(
                    JpushError.INVALID, "Parameter is invalid, not a valid JSON format"));
  }

  Order read(App app, Fields body) {
    Optional<Set<Platform>> platforms = Targets.platforms(body);
    checkShape(body);
    return read(app, body, platforms, all -> Targets.audience(body, all));
  }

  /// One of a batch, which names its one target in `target`.
  Order read(App app, Fields body, Segment target) {
    Optional<Set<Platform>> platforms = Targets.platforms(body);
    checkShape(body);
    return read(app, body, platforms, all -> Targets.matching(List.of(target), all));
  }

  private interface Whom {
    Audience on(Optional<Set<Platform>> platforms);
  }

  private Order read(App app, Fields body, Optional<Set<Platform>> platforms, Whom whom) {
    Set<Platform> asked = platforms.orElse(EnumSet.allOf(Platform.class));
    Map<Platform, Content> contents = Notices.read(body, asked, app.name());
    if (contents.isEmpty()) {
      throw body.fault("notification", Kind.MISSING, "has nothing for any of the platforms");
    }
    contents.forEach((platform, content) -> checkSize(body, platform));
    boolean forAll = platforms.isEmpty() && contents.size() == asked.size();
    Optional<Set<Platform>> reached =
        forAll ? Optional.empty() : Optional.of(contents.keySet());
    Fields options = body.object("options");
    var push =
        new Push(
            app.id(),
            "",
            whom.on(reached),
            content(contents),
            new Push.Options(
                source(body),
                lifetime(options),
                cid(body),
                Optional.empty(),
                hints(body),
                replacing(options)));
    return new Order(push, options.text("sendno", 32).orElse("0"));
  }

  private static Source source(Fields body) {
    boolean all =
        body.node("audience").filter(node -> node.asText().equals("all")).isPresent();
    return Source.of(
        JpushDialect.ORIGIN, all ? Source.Kind.BROADCAST : Source.Kind.MULTIPLE);
  }

  private static Content content(Map<Platform, Content> contents) {
    Content first = contents.values().iterator().next();
    return contents.values().stream().allMatch(first::equals)
        ? first
        : new Content.PerPlatform(first, contents);
  }

  /// What goes with what, before the parts are looked at.
  private void checkShape(Fields body) {
    if (config.strict()) {
      for (String name : body.names()) {
        if (!MEMBERS.contains(name)) {
          throw new JpushFault(JpushError.UNKNOWN_MEMBER, "Unsupported member " + name + ".");
        }
      }
    }
    if (body.has("live_activity")) {
      throw body.fault("live_activity", Kind.MALFORMED, "is not supported here");
    }
    Fields inApp = body.object("inapp_message");
    if (inApp.flag("inapp_message").orElse(false) && !body.has("notification")) {
      throw body.fault("inapp_message", Kind.MALFORMED, "needs a notification");
    }
    if (body.has("sms_message")) {
      Fields sms = body.object("sms_message");
      sms.number("delay_time", 0, MAX_SMS_DELAY);
    }
  }

  private void checkSize(Fields body, Platform platform) {
    int bytes =
        body.object("notification")
                .node(Notices.name(platform))
                .or(() -> body.object("notification").node("alert"))
                .map(Orders::bytes)
                .orElse(0)
            + body.node("message").map(Orders::bytes).orElse(0);
    if (bytes > config.maxPayloadBytes()) {
      throw new JpushFault(
          JpushError.TOO_LARGE,
          "notification and message have "
              + bytes
              + " bytes for "
              + Notices.name(platform)
              + ", at most "
              + config.maxPayloadBytes()
              + " are allowed");
    }
  }

  private static int bytes(JsonNode node) {
    return Json.write(node).getBytes(UTF_8).length;
  }

  private static Duration lifetime(Fields options) {
    long seconds = options.number("time_to_live", 0, MAX_TTL).orElse(DEFAULT_TTL);
    return seconds == 0 ? NOW : Duration.ofSeconds(seconds);
  }

  /// `override_msg_id` is for Android and HarmonyOS, `apns_collapse_id` for iOS.
  private Map<Platform, Replacing> replacing(Fields options) {
    options.number("big_push_duration", 0, MAX_PACE_MINUTES);
    Map<Platform, Replacing> replacing = new EnumMap<>(Platform.class);
    long earlier = options.number("override_msg_id", 0, Long.MAX_VALUE).orElse(0L);
    if (earlier != 0) {
      TaskId task =
          TaskId.parse(Long.toString(earlier))
              .orElseThrow(() -> unknownOverride(Long.toString(earlier)));
      var replaced = new Replacing.Earlier(task, config.overrideWindow());
      replacing.put(Platform.ANDROID, replaced);
      replacing.put(Platform.HARMONY, replaced);
    }
    Optional<String> collapse =
        options.text("apns_collapse_id", MAX_COLLAPSE_BYTES).filter(id -> !id.isEmpty());
    if (collapse.filter(id -> id.getBytes(UTF_8).length > MAX_COLLAPSE_BYTES).isPresent()) {
      throw options.fault(
          "apns_collapse_id",
          Kind.OUT_OF_RANGE,
          "must have at most " + MAX_COLLAPSE_BYTES + " bytes");
    }
    collapse.ifPresent(id -> replacing.put(Platform.IOS, new Replacing.Named(id)));
    return replacing;
  }

  static JpushFault unknownOverride(String id) {
    return new JpushFault(
        JpushError.INVALID, "options.override_msg_id " + id + " doesn't exist");
  }

  /// An id from `GET /v3/push/cid`: the app key, a dash and a UUID.
  private static Optional<RequestKey> cid(Fields body) {
    return body.text("cid", 128)
        .filter(cid -> !cid.isEmpty())
        .map(
            cid -> {
              if (!Cids.isOne(cid)) {
                throw body.fault("cid", Kind.MALFORMED, "is not one that was given out");
              }
              return new RequestKey(JpushDialect.ORIGIN, cid);
            });
  }

  private static Map<String, String> hints(Fields body) {
    Map<String, String> hints = new HashMap<>();
    Notices.hints(body, hints);
    return hints;
  }
}
