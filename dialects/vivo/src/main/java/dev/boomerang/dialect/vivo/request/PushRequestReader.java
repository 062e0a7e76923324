// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.request;

import dev.boomerang.dialect.vivo.VivoDialect;
import dev.boomerang.dialect.vivo.VivoDialect.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.SourceDetail;
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

/// Reads messages, with their rules.
///
/// Source: vivo "PUSH-UPS-API", and the checks of vivo's Java SDK 2.2. Where the two differ, the
/// longer limit counts.
public final class PushRequestReader {
  private static final String HINT = "vivo.";
  private static final String CLASSIFICATION = "classification";
  private static final String PUSH_MODE = "pushMode";

  /// Which of its members a task has among its hints, for a vendor's channel.
  private static final List<String> HINTS =
      List.of("notifyType", "skipType", "networkType", "category", "foregroundShow", "notifyId");

  private static final int DEFAULT_SECONDS = 86_400;
  private static final int MAX_SECONDS = 604_800;

  /// One that is for those who are online now may take this long to reach them.
  private static final Duration ONLINE = Duration.ofSeconds(10);

  private static final int MAX_TITLE = 40;
  private static final int MAX_CONTENT = 100;
  private static final int MAX_REQUEST_ID = 64;
  private static final int MAX_PROFILE = 64;
  private static final int MAX_PAIRS = 10;
  private static final int MAX_MAP = 1_024;

  /// What clients give to the app themselves when the notification is opened.
  private static final String SKIP_CONTENT = "skipContent";

  private final VivoConfig config;
  private final CallbackReader receipts;

  public PushRequestReader(VivoConfig config) {
    this.config = config;
    this.receipts = new CallbackReader(config.callbackUrls());
  }

  public static String requestId(Fields body) {
    return body.requiredText("requestId", MAX_REQUEST_ID);
  }

  public static boolean isTest(Fields body) {
    return body.number(PUSH_MODE, 0, 1).orElse(0L) == 1;
  }

  /// What a task that was made here is; neither a system message nor a test if another dialect made
  /// it.
  public static SourceDetail.Vivo detail(Source source) {
    return source.detail() instanceof SourceDetail.Vivo its
        ? its
        : new SourceDetail.Vivo(false, false, false);
  }

  public PushRequest read(AuthenticatedCall ask, PushRequest.Kind kind) {
    Fields body = ask.fields();
    long notifyType = body.requiredNumber("notifyType", 1, 4);
    String title = body.requiredText("title", MAX_TITLE);
    String content = body.requiredText("content", MAX_CONTENT);
    Duration lifetime = lifetime(body, kind);
    Skip skip = Skip.read(body);
    body.number("networkType", -1, 1)
        .filter(type -> type == 0)
        .ifPresent(
            _ -> {
              throw body.invalid("networkType", Kind.OUT_OF_RANGE, "must be -1 or 1");
            });
    Map<String, String> extras = new HashMap<>(customMap(body));
    skip.custom().ifPresent(text -> extras.putIfAbsent(SKIP_CONTENT, text));
    String requestId = requestId(body);
    boolean system = isSystem(body);
    boolean test = isTest(body);
    Optional<String> profile = body.text("profileId", MAX_PROFILE).filter(id -> !id.isBlank());
    boolean onlineNow = body.flag("sendOnline").orElse(false);
    Source source =
        Source.of(
                VivoDialect.ORIGIN,
                kind == PushRequest.Kind.ALL ? Source.Kind.BROADCAST : Source.Kind.SIMPLE)
            .with(new SourceDetail.Vivo(system, test, false));
    Push.Options options =
        Push.Options.of(source, onlineNow ? ONLINE : lifetime)
            .vendorHints(hints(body, system))
            .replacing(replacing(body))
            .webhook(receipts.read(ask.app().id(), body, kind, test));
    var notification =
        new Notification(title, content, Appearance.PLAIN, skip.click(), notifyType == 1, extras);
    return new PushRequest(notification, options, requestId, system, test, profile);
  }

  /// Where opening it leads: for a custom one the app decides, by `custom`.
  private record Skip(Optional<Click> click, Optional<String> custom) {
    private static final int MAX_CONTENT = 1_024;

    static Skip read(Fields body) {
      return switch ((int) body.requiredNumber("skipType", 1, 4)) {
        case 2 -> {
          String url = content(body, VivoError.URL_EMPTY, VivoError.URL_LONG);
          yield new Skip(Optional.of(new Click(Action.URL, url)), Optional.empty());
        }
        case 3 -> {
          String own = content(body, VivoError.CUSTOM_EMPTY, VivoError.CUSTOM_LONG);
          yield new Skip(Optional.empty(), Optional.of(own));
        }
        case 4 -> {
          String page = content(body, VivoError.PAGE_EMPTY, VivoError.PAGE_LONG);
          yield new Skip(Optional.of(new Click(Action.INTENT, page)), Optional.empty());
        }
        // 1: the app's first page.
        default -> new Skip(Optional.empty(), Optional.empty());
      };
    }

    private static String content(Fields body, VivoError empty, VivoError tooLong) {
      String text = body.text(SKIP_CONTENT, Integer.MAX_VALUE).orElse("");
      if (text.isBlank()) {
        throw new VivoException(empty);
      }
      if (Characters.exceed(text, MAX_CONTENT)) {
        throw new VivoException(tooLong);
      }
      return text;
    }
  }

  /// The Java SDK writes 0 where nothing was set.
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
      String value = pairs.text(name, MAX_MAP).orElse("");
      if (name.isBlank()) {
        throw new VivoException(VivoError.MAP_PAIR, "clientCustomMap has a blank key");
      }
      map.put(name, value);
    }
    int characters =
        map.entrySet().stream()
            .mapToInt(e -> Characters.count(e.getKey()) + Characters.count(e.getValue()))
            .sum();
    if (characters > MAX_MAP) {
      throw new VivoException(
          VivoError.MAP_PAIR, "clientCustomMap must have at most " + MAX_MAP + " characters");
    }
    return map;
  }

  /// Returns whether a message is a system one. Where its caller does not say, that follows from
  /// the category; where it gives neither, it is operational. A category that the settings have in
  /// both classes fits either.
  private boolean isSystem(Fields body) {
    Optional<Long> told = body.number(CLASSIFICATION, 0, 1);
    Optional<String> category = body.text("category", 64).filter(text -> !text.isEmpty());
    if (category.isEmpty()) {
      return told.orElse(0L) == 1;
    }
    boolean ofSystem = config.categories().system().contains(category.get());
    boolean ofOperational = config.categories().operational().contains(category.get());
    if (!ofSystem && !ofOperational) {
      throw new VivoException(VivoError.CATEGORY, category.get());
    }
    boolean system = told.map(number -> number == 1).orElse(!ofOperational);
    if (system ? !ofSystem : !ofOperational) {
      throw new VivoException(VivoError.CATEGORY_CLASS, category.get());
    }
    return system;
  }

  private static Map<String, String> hints(Fields body, boolean system) {
    Map<String, String> hints = new HashMap<>();
    hints.put(HINT + CLASSIFICATION, system ? "1" : "0");
    for (String name : HINTS) {
      body.text(name, 64)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> hints.put(HINT + name, text));
    }
    return hints;
  }

  /// 0 is none: one client always sends it.
  private static Map<Platform, OverrideTarget> replacing(Fields body) {
    long id = body.number("notifyId", 0, Integer.MAX_VALUE).orElse(0L);
    Map<Platform, OverrideTarget> everywhere = new EnumMap<>(Platform.class);
    if (id > 0) {
      for (Platform platform : Platform.values()) {
        everywhere.put(platform, new OverrideTarget.Key(Long.toString(id)));
      }
    }
    return everywhere;
  }
}
