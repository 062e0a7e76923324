// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.util.Map;
import java.util.Optional;

/// What a push says.
public sealed interface Content {
  Map<String, String> extras();

  /// Shown by the device's system. `body` may be empty, a title never is.
  record Notification(
      String title,
      String body,
      Look look,
      Optional<Click> click,
      boolean silent,
      Map<String, String> extras)
      implements Content {
    public Notification {
      extras = Map.copyOf(extras);
    }

    public static Notification of(String title, String body) {
      return new Notification(title, body, Look.PLAIN, Optional.empty(), false, Map.of());
    }
  }

  /// Handed to the app, which decides what to do (transmission, pass-through).
  record DataMessage(String body, Map<String, String> extras) implements Content {
    public DataMessage {
      extras = Map.copyOf(extras);
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

  /// How a notification is drawn. `images` and `icons` are URLs by vendor (`default`, `hms`,
  /// `oppo`, …).
  record Look(Style style, Map<String, String> images, Map<String, String> icons) {
    public static final String DEFAULT_VENDOR = "default";
    public static final Look PLAIN = new Look(Style.DEFAULT, Map.of(), Map.of());

    public Look {
      images = Map.copyOf(images);
      icons = Map.copyOf(icons);
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

  /// What opening a notification does.
  record Click(Action action, String uri) {}
}
