// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.request;

import dev.boomerang.dialect.vivo.base.AppNumber;
import dev.boomerang.dialect.vivo.receipt.ReceiptParams;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `extra`, which says where the receipts of a message are posted. There are two formats:
///
/// - `callback` is a URL in the message. It gets the arrivals of single messages that are no tests.
/// - `callback.id` names a URL of the settings. It gets all events of single and list messages.
///
/// For an app that has URLs in the settings, `callback` has no effect.
///
/// Source: vivo "PUSH-UPS-API", extra; "消息送达回执" (2023-01).
final class CallbackReader {
  /// Stands in the settings between the number of an app and an id that only this app may name.
  private static final char APP_SEPARATOR = '/';

  private static final String CALLBACK = "callback";
  private static final int MAX_URL = 128;
  private static final int MAX_PARAM = 64;

  private final Map<String, URI> callbackUrls;

  CallbackReader(Map<String, URI> callbackUrls) {
    this.callbackUrls = Map.copyOf(callbackUrls);
  }

  /// Returns the webhook of a message, or empty if it gets no receipts.
  Optional<Webhook> read(AppId app, Fields body, PushRequest.Kind kind, boolean test) {
    Map<String, URI> registered = registeredUrls(app);
    Fields extra = body.object("extra");
    Optional<URI> url =
        extra
            .text(CALLBACK, MAX_URL)
            .filter(text -> !text.isBlank())
            .map(text -> parseUrl(extra, text));
    Optional<String> param = extra.text(ReceiptParams.CALLBACK_PARAM, MAX_PARAM);
    Optional<String> id =
        extra.text(ReceiptParams.CALLBACK_ID, MAX_URL).filter(text -> !text.isBlank());
    Map<String, String> params = new HashMap<>();
    param.ifPresent(text -> params.put(ReceiptParams.CALLBACK_PARAM, text));
    if (id.isPresent()) {
      URI registeredUrl =
          Optional.ofNullable(registered.get(id.get()))
              .orElseThrow(
                  () ->
                      extra.invalid(
                          ReceiptParams.CALLBACK_ID, Kind.MALFORMED, "is not registered"));
      params.put(ReceiptParams.CALLBACK_ID, id.get());
      return kind == PushRequest.Kind.SINGLE || kind == PushRequest.Kind.LIST
          ? Optional.of(new Webhook(registeredUrl, params, Set.of(EventType.values())))
          : Optional.empty();
    }
    return url.filter(_ -> registered.isEmpty() && kind == PushRequest.Kind.SINGLE && !test)
        .map(own -> new Webhook(own, params, Set.of(EventType.RECEIVED)));
  }

  /// Returns the URLs that an app may name, by their ids: those that the settings have for all
  /// apps, and those that they have for this one (`number/id`), which come first.
  private Map<String, URI> registeredUrls(AppId app) {
    String prefix = AppNumber.of(app) + APP_SEPARATOR;
    Map<String, URI> registered = new HashMap<>();
    callbackUrls.forEach(
        (name, url) -> {
          if (name.startsWith(prefix)) {
            registered.put(name.substring(prefix.length()), url);
          } else if (name.indexOf(APP_SEPARATOR) < 0) {
            registered.putIfAbsent(name, url);
          }
        });
    return registered;
  }

  private static URI parseUrl(Fields extra, String text) {
    return Webhook.url(text.strip())
        .orElseThrow(() -> extra.invalid(CALLBACK, Kind.MALFORMED, Webhook.URL_RULE));
  }
}
