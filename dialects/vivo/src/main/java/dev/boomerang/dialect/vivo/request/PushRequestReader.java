// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.request;

import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.TaskDetail;
import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.text.Characters;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the body of a message and checks all rules of its fields.
///
/// Source: vivo "PUSH-UPS-API", and the checks of vivo's Java SDK 2.2. Where the two differ, the
/// longer limit counts.
public final class PushRequestReader {
  private static final String HINT_PREFIX = "vivo.";

  /// The fields that a task keeps among its vendor hints.
  private static final List<String> HINT_FIELDS =
      List.of("notifyType", "skipType", "networkType", "category", "foregroundShow", "notifyId");

  private static final int DEFAULT_SECONDS = 86_400;
  private static final int MAX_SECONDS = 604_800;

  /// How long a message with `sendOnline` may take to reach a device.
  private static final Duration ONLINE_LIFETIME = Duration.ofSeconds(10);

  private static final int MAX_TITLE = 40;
  private static final int MAX_CONTENT = 100;
  private static final int MAX_REQUEST_ID = 64;
  private static final int MAX_PROFILE = 64;
  private static final int MAX_HINT = 64;
  private static final int MAX_PAIRS = 10;
  private static final int MAX_MAP_CHARACTERS = 1_024;

  private final ClassificationReader classificationReader;
  private final CallbackReader callbackReader;

  public PushRequestReader(VivoConfig config) {
    this.classificationReader = new ClassificationReader(config.categories());
    this.callbackReader = new CallbackReader(config.callbackUrls());
  }

  public static String requestId(Fields body) {
    return body.requiredText("requestId", MAX_REQUEST_ID);
  }

  /// Returns whether a message is for test devices only.
  public static boolean isTest(Fields body) {
    return body.number("pushMode", 0, 1).orElse(0L) == 1;
  }

  public PushRequest read(AuthenticatedCall call, PushRequest.Kind kind) {
    Fields body = call.fields();
    long notifyType = body.requiredNumber("notifyType", 1, 4);
    String title = body.requiredText("title", MAX_TITLE);
    String content = body.requiredText("content", MAX_CONTENT);
    Duration lifetime = lifetime(body, kind);
    SkipAction skipAction = SkipAction.read(body);
    checkNetworkType(body);
    Map<String, String> extras = new HashMap<>(customMap(body));
    // Vendor clients hand this text to the app by themselves when the notification is opened.
    skipAction.customContent().ifPresent(text -> extras.putIfAbsent(SkipAction.SKIP_CONTENT, text));
    String requestId = requestId(body);
    boolean system = classificationReader.isSystem(body);
    boolean test = isTest(body);
    Optional<String> profile = body.text("profileId", MAX_PROFILE).filter(id -> !id.isBlank());
    boolean onlineOnly = body.flag("sendOnline").orElse(false);
    Source source =
        Source.of(
                VivoConfig.ORIGIN,
                kind == PushRequest.Kind.ALL ? Source.Kind.BROADCAST : Source.Kind.SIMPLE)
            .with(new TaskDetail(system, test, false).encode());
    Push.Options options =
        Push.Options.of(source, onlineOnly ? ONLINE_LIFETIME : lifetime)
            .vendorHints(vendorHints(body, system))
            .replacing(overrideTargets(body))
            .webhook(callbackReader.read(call.appId(), body, kind, test));
    var notification =
        new Notification(
            title, content, Appearance.PLAIN, skipAction.click(), notifyType == 1, extras);
    return new PushRequest(notification, options, requestId, system, test, profile);
  }

  private static void checkNetworkType(Fields body) {
    body.number("networkType", -1, 1)
        .filter(type -> type == 0)
        .ifPresent(
            _ -> {
              throw body.invalid("networkType", Kind.OUT_OF_RANGE, "must be -1 or 1");
            });
  }

  /// Returns how long a message lives. The Java SDK writes 0 where nothing was set.
  private static Duration lifetime(Fields body, PushRequest.Kind kind) {
    long seconds = body.number("timeToLive", 0, MAX_SECONDS).orElse(0L);
    if (seconds == 0) {
      return Duration.ofSeconds(DEFAULT_SECONDS);
    }
    if (seconds < kind.minSeconds()) {
      throw body.invalid(
          "timeToLive", Kind.OUT_OF_RANGE, "must be " + kind.minSeconds() + " to " + MAX_SECONDS);
    }
    return Duration.ofSeconds(seconds);
  }

  private static Map<String, String> customMap(Fields body) {
    Fields pairs = body.object("clientCustomMap");
    if (pairs.names().size() > MAX_PAIRS) {
      throw new VivoException(VivoError.MAP_COUNT);
    }
    Map<String, String> map = new HashMap<>();
    for (String name : pairs.names()) {
      String value = pairs.text(name, MAX_MAP_CHARACTERS).orElse("");
      if (name.isBlank()) {
        throw new VivoException(VivoError.MAP_PAIR, "clientCustomMap has a blank key");
      }
      map.put(name, value);
    }
    int characters =
        map.entrySet().stream()
            .mapToInt(e -> Characters.count(e.getKey()) + Characters.count(e.getValue()))
            .sum();
    if (characters > MAX_MAP_CHARACTERS) {
      throw new VivoException(
          VivoError.MAP_PAIR,
          "clientCustomMap must have at most " + MAX_MAP_CHARACTERS + " characters");
    }
    return map;
  }

  private static Map<String, String> vendorHints(Fields body, boolean system) {
    Map<String, String> hints = new HashMap<>();
    hints.put(HINT_PREFIX + "classification", system ? "1" : "0");
    for (String name : HINT_FIELDS) {
      body.text(name, MAX_HINT)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> hints.put(HINT_PREFIX + name, text));
    }
    return hints;
  }

  /// Returns the collapse key of `notifyId` for all platforms. A `notifyId` of 0 is none: one
  /// client always sends it.
  private static Map<Platform, OverrideTarget> overrideTargets(Fields body) {
    long id = body.number("notifyId", 0, Integer.MAX_VALUE).orElse(0L);
    Map<Platform, OverrideTarget> targets = new EnumMap<>(Platform.class);
    if (id > 0) {
      for (Platform platform : Platform.values()) {
        targets.put(platform, new OverrideTarget.Key(Long.toString(id)));
      }
    }
    return targets;
  }
}
