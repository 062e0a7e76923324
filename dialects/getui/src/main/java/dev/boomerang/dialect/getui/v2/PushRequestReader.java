// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.field.ApsReader;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.text.Characters;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the body of a push without its audience.
///
/// Source: Getui "RestAPI V2", common push parameters.
final class PushRequestReader {
  private static final String SCOPE = "getui-v2";
  private static final int MIN_REQUEST_ID = 10;
  private static final int MAX_REQUEST_ID = 32;
  private static final int MAX_NAME = 64;

  private final Duration defaultLifetime;

  PushRequestReader(Duration defaultLifetime) {
    this.defaultLifetime = defaultLifetime;
  }

  /// Reads a push that must have a `request_id`.
  PushRequest read(App app, Fields body) {
    body.requiredText("request_id", MAX_REQUEST_ID);
    return message(app, body);
  }

  /// Reads a push that may have a `request_id`.
  PushRequest message(App app, Fields body) {
    Optional<RequestKey> key = requestKey(body);
    String group = body.text("group_name", MAX_NAME).orElse("");
    body.text("task_name", MAX_NAME);
    PushSettings settings = PushSettings.read(body, defaultLifetime);
    ChannelContents channels = ChannelContents.read(body, app.name());
    PushMessage message = PushMessage.read(body, channels);
    return new PushRequest(
        app.id(),
        group,
        message.instruction(),
        new PushRequest.Options(
            settings.lifetime(),
            settings.strategy(),
            settings.perSecond(),
            new PushRequest.CollapseIds(
                message.notifyId(),
                ApsReader.collapseId(body.object("push_channel").object("ios"))),
            hints(body)),
        key);
  }

  private static Optional<RequestKey> requestKey(Fields body) {
    return body.text("request_id", MAX_REQUEST_ID)
        .map(
            id -> {
              if (id.isBlank()) {
                throw body.invalid("request_id", Kind.BLANK, "must not be blank");
              }
              if (Characters.count(id) < MIN_REQUEST_ID) {
                throw body.invalid(
                    "request_id",
                    Kind.OUT_OF_RANGE,
                    "must have at least " + MIN_REQUEST_ID + " characters");
              }
              return new RequestKey(SCOPE, id);
            });
  }

  /// Returns the objects unchanged, for vendors' channels.
  private static Map<String, String> hints(Fields body) {
    Map<String, String> hints = new HashMap<>();
    for (String name : new String[] {"settings", "push_message", "push_channel"}) {
      body.node(name).ifPresent(node -> hints.put("getui." + name, Json.write(node)));
    }
    return hints;
  }
}
