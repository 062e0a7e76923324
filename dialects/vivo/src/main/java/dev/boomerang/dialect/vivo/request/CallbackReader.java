// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.request;

import dev.boomerang.dialect.vivo.base.AppNumber;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `extra`: where receipts go, in both generations. The older names a URL in the message, for
/// arrivals of single formal messages; the newer names an id that stands for a URL in the settings,
/// for all that becomes of single and list messages, and an app that has any has no older ones.
///
/// Source: vivo "PUSH-UPS-API", extra; "消息送达回执" (2023-01).
public final class CallbackReader {
  public static final String PARAM = "callback.param";
  public static final String ID = "callback.id";

  /// The alias of whom a single message is for, if it names one: so its receipts name them too.
  private static final String ALIAS = "alias";

  private static final char OF_APP = '/';

  private static final String URL = "callback";
  private static final int MAX_URL = 128;
  private static final int MAX_PARAM = 64;

  private final Map<String, URI> all;

  CallbackReader(Map<String, URI> all) {
    this.all = Map.copyOf(all);
  }

  /// What an app may name: those that the settings have for it (`number/id`) and those for all.
  private Map<String, URI> callbackUrlsOf(AppId app) {
    String own = AppNumber.of(app) + OF_APP;
    Map<String, URI> some = new HashMap<>();
    all.forEach(
        (name, url) -> {
          if (name.startsWith(own)) {
            some.put(name.substring(own.length()), url);
          } else if (name.indexOf(OF_APP) < 0) {
            some.putIfAbsent(name, url);
          }
        });
    return some;
  }

  Optional<Webhook> read(AppId app, Fields body, PushRequest.Kind kind, boolean test) {
    Map<String, URI> known = callbackUrlsOf(app);
    Fields extra = body.object("extra");
    Optional<URI> url =
        extra.text(URL, MAX_URL).filter(text -> !text.isBlank()).map(text -> url(extra, text));
    Optional<String> param = extra.text(PARAM, MAX_PARAM);
    Optional<String> id = extra.text(ID, MAX_URL).filter(text -> !text.isBlank());
    Map<String, String> params = new HashMap<>();
    param.ifPresent(text -> params.put(PARAM, text));
    if (id.isPresent()) {
      URI registered =
          Optional.ofNullable(known.get(id.get()))
              .orElseThrow(() -> extra.invalid(ID, Kind.MALFORMED, "is not registered"));
      params.put(ID, id.get());
      return kind == PushRequest.Kind.SINGLE || kind == PushRequest.Kind.LIST
          ? Optional.of(new Webhook(registered, params, Set.of(EventType.values())))
          : Optional.empty();
    }
    return url.filter(_ -> known.isEmpty() && kind == PushRequest.Kind.SINGLE && !test)
        .map(where -> new Webhook(where, params, Set.of(EventType.RECEIVED)));
  }

  public static Webhook withAlias(Webhook webhook, String alias) {
    Map<String, String> params = new HashMap<>(webhook.params());
    params.put(ALIAS, alias);
    return new Webhook(webhook.url(), params, webhook.eventTypes());
  }

  /// Whom a receipt is about, as its message's caller knows them.
  public static String target(Map<String, String> params, RegistrationId device) {
    return params.getOrDefault(ALIAS, device.value());
  }

  private static URI url(Fields extra, String text) {
    return Webhook.url(text.strip())
        .orElseThrow(() -> extra.invalid(URL, Kind.MALFORMED, Webhook.URL_RULE));
  }
}
