// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.model.Callback;
import dev.boomerang.model.Callback.Event;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A push's `callback`. `type` is a sum: 1 received, 2 clicked, 4 not received, 8 the push
/// succeeded, which the reply to the push has said already. Without a type (or with 0) and without
/// an address the vendor's console decides; here that is all three events, and nobody.
///
/// The vendor does not publish what it posts ("Callback API": "ask your technical support"), so it
/// is the native API's wording.
///
/// Source: JPush "Push API v3", callback.
final class Callbacks {
  private static final int MAX_URL = 2_048;
  private static final int MAX_PARAMS = 100;
  private static final long MAX_TYPE = 15;
  private static final Map<Event, Integer> BITS =
      Map.of(Event.RECEIVED, 1, Event.CLICKED, 2, Event.NOT_RECEIVED, 4);

  private Callbacks() {}

  static Optional<Callback> read(Fields body) {
    Fields callback = body.object("callback");
    Map<String, String> params = callback.map("params", MAX_PARAMS);
    Set<Event> events = events(callback.number("type", 0, MAX_TYPE).orElse(0L));
    Optional<String> url = callback.text("url", MAX_URL).filter(text -> !text.isEmpty());
    return url.map(
            text ->
                Callback.url(text)
                    .orElseThrow(() -> callback.fault("url", Kind.MALFORMED, Callback.URL_RULE)))
        .filter(_ -> !events.isEmpty())
        .map(address -> new Callback(address, params, events));
  }

  private static Set<Event> events(long type) {
    var events = EnumSet.allOf(Event.class);
    if (type != 0) {
      events.removeIf(event -> (type & BITS.getOrDefault(event, 0)) == 0);
    }
    return events;
  }
}
