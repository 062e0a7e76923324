// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a push's `callback`. `type` is a sum: 1 received, 2 clicked, 4 not received, 8 the push
/// succeeded, which the reply to the push has said already. Without a type (or with 0) and without
/// an address the vendor's console decides; here that is all three events, and nobody.
///
/// The vendor does not publish what it posts ("Callback API": "ask your technical support"), so it
/// is the native API's wording.
///
/// Source: JPush "Push API v3", callback.
final class CallbackReader {
  private static final int MAX_URL = 2_048;
  private static final int MAX_PARAMS = 100;
  private static final long MAX_TYPE = 15;
  private static final Map<EventType, Integer> BITS =
      Map.of(EventType.RECEIVED, 1, EventType.CLICKED, 2, EventType.NOT_RECEIVED, 4);

  private CallbackReader() {}

  static Optional<Webhook> read(Fields body) {
    Fields callback = body.object("callback");
    Map<String, String> params = callback.map("params", MAX_PARAMS);
    Set<EventType> eventTypes = events(callback.number("type", 0, MAX_TYPE).orElse(0L));
    Optional<String> url = callback.text("url", MAX_URL).filter(text -> !text.isEmpty());
    return url.map(
            text ->
                Webhook.url(text)
                    .orElseThrow(() -> callback.invalid("url", Kind.MALFORMED, Webhook.URL_RULE)))
        .filter(_ -> !eventTypes.isEmpty())
        .map(address -> new Webhook(address, params, eventTypes));
  }

  private static Set<EventType> events(long type) {
    var eventTypes = EnumSet.allOf(EventType.class);
    if (type != 0) {
      eventTypes.removeIf(eventType -> (type & BITS.getOrDefault(eventType, 0)) == 0);
    }
    return eventTypes;
  }
}
