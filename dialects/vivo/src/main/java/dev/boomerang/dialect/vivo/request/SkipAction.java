// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.request;

import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.text.Characters;
import dev.boomerang.web.field.Fields;
import java.util.Optional;

/// Reads what a click on the notification opens, by `skipType` and `skipContent`. The app itself
/// decides by `customContent` where that is given. If both are empty, the app opens with its first
/// page.
record SkipAction(Optional<Click> click, Optional<String> customContent) {
  static final String SKIP_CONTENT = "skipContent";

  private static final int MAX_CONTENT = 1_024;

  static SkipAction read(Fields body) {
    return switch ((int) body.requiredNumber("skipType", 1, 4)) {
      case 2 -> {
        String url = content(body, VivoError.URL_EMPTY, VivoError.URL_LONG);
        yield new SkipAction(Optional.of(new Click(Action.URL, url)), Optional.empty());
      }
      case 3 -> {
        String custom = content(body, VivoError.CUSTOM_EMPTY, VivoError.CUSTOM_LONG);
        yield new SkipAction(Optional.empty(), Optional.of(custom));
      }
      case 4 -> {
        String page = content(body, VivoError.PAGE_EMPTY, VivoError.PAGE_LONG);
        yield new SkipAction(Optional.of(new Click(Action.INTENT, page)), Optional.empty());
      }
      // 1 opens the app's first page.
      default -> new SkipAction(Optional.empty(), Optional.empty());
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
