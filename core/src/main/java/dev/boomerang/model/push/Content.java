// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.registration.Platform;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The content of a push says what the device shows, or hands to the app.
public sealed interface Content {
  Map<String, String> extras();

  /// Returns what a device of this platform gets of it: a [Notification], a [DataMessage] or a
  /// [NotificationWithData].
  default Content on(Platform platform) {
    return this;
  }

  /// A notification is shown by the device's system. `body` may be empty, a title never is.
  record Notification(
      String title,
      String body,
      Appearance appearance,
      Optional<Click> click,
      boolean silent,
      Map<String, String> extras)
      implements Content {
    public Notification {
      extras = Map.copyOf(extras);
    }

    public static Notification of(String title, String body) {
      return new Notification(title, body, Appearance.PLAIN, Optional.empty(), false, Map.of());
    }

    @Override
    public Notification on(Platform platform) {
      Appearance drawn = appearance.on(platform);
      return drawn.equals(appearance)
          ? this
          : new Notification(title, body, drawn, click, silent, extras);
    }
  }

  /// Handed to the app, which decides what to do (transmission, pass-through).
  record DataMessage(String body, Map<String, String> extras) implements Content {
    public DataMessage {
      extras = Map.copyOf(extras);
    }
  }

  /// A notification that carries data for the app is one message: shown, opened and recalled as
  /// one.
  record NotificationWithData(Notification notification, DataMessage data) implements Content {
    @Override
    public Map<String, String> extras() {
      return notification.extras();
    }

    @Override
    public NotificationWithData on(Platform platform) {
      return new NotificationWithData(notification.on(platform), data);
    }
  }

  /// Gives devices a content by their platform; `otherwise` is for the platforms that are not
  /// named.
  record PerPlatform(Content otherwise, Map<Platform, Content> own) implements Content {
    public PerPlatform {
      own = Map.copyOf(own);
    }

    @Override
    public Map<String, String> extras() {
      return otherwise.extras();
    }

    @Override
    public Content on(Platform platform) {
      return own.getOrDefault(platform, otherwise).on(platform);
    }
  }

  enum Style {
    DEFAULT("default"),
    BIG_TEXT("bigText"),
    PICTURE("picture");

    private final String wire;

    Style(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  /// Says how a notification is drawn. `images` and `icons` are URLs by vendor (`default`, `hms`,
  /// `oppo`, …).
  record Appearance(Style style, Map<String, String> images, Map<String, String> icons) {
    public static final String DEFAULT_VENDOR = "default";
    public static final Appearance PLAIN = new Appearance(Style.DEFAULT, Map.of(), Map.of());

    public Appearance {
      images = Map.copyOf(images);
      icons = Map.copyOf(icons);
    }

    /// Returns how a device of `platform` draws it. What is meant for the one vendor's channel that
    /// the platform has stands in the place of the default, and a picture without an image is drawn
    /// in the default style.
    Appearance on(Platform platform) {
      Map<String, String> itsImages = on(platform, images);
      Style drawn =
          style == Style.PICTURE && !itsImages.containsKey(DEFAULT_VENDOR) ? Style.DEFAULT : style;
      return new Appearance(drawn, itsImages, on(platform, icons));
    }

    private static Map<String, String> on(Platform platform, Map<String, String> urls) {
      return onlyChannel(platform)
          .flatMap(channel -> Optional.ofNullable(urls.get(channel)))
          .map(
              url -> {
                Map<String, String> own = new HashMap<>(urls);
                own.put(DEFAULT_VENDOR, url);
                return own;
              })
          .orElse(urls);
    }

    /// Android has many vendors' channels; which of them a device has says its maker.
    private static Optional<String> onlyChannel(Platform platform) {
      return switch (platform) {
        case IOS -> Optional.of("apns");
        case HARMONY -> Optional.of("harmony");
        case ANDROID, QUICKAPP, WEB -> Optional.empty();
      };
    }
  }

  enum Action {
    URL("url"),
    INTENT("intent");

    private final String wire;

    Action(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  /// Says what opening a notification does.
  record Click(Action action, String uri) {}
}
