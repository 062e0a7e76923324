// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import dev.boomerang.dialect.jpush.base.JpushConfig.Developer;
import dev.boomerang.engine.base.Apps;
import dev.boomerang.engine.base.Secrets;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.Secret;
import dev.boomerang.web.http.BasicAuth;
import dev.boomerang.web.http.Call;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the app of a caller: an app key with its master secret stands for its app, and with
/// `group-` before it for a group, which here is that app alone.
///
/// Source: JPush "REST API v3", authentication, return codes.
public final class Authenticator {
  private static final String GROUP = "group-";
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]*");

  public record Caller(App app, Key key, boolean isGroup) {}

  private final Apps apps;
  private final JpushConfig config;

  public Authenticator(Apps apps, JpushConfig config) {
    this.apps = apps;
    this.config = config;
  }

  public Caller caller(ErrorFamily errorFamily, Call call) {
    checkAddress(call);
    BasicAuth basicAuth = BasicAuth.of(call).orElseThrow(() -> errorFamily.noCredentials().fault());
    boolean isGroup = basicAuth.user().startsWith(GROUP);
    String name = isGroup ? basicAuth.user().substring(GROUP.length()) : basicAuth.user();
    if (!KEY.matcher(name).matches()) {
      throw errorFamily.noAppKey().fault();
    }
    return key(name, basicAuth.password())
        .flatMap(key -> apps.find(key.app()).map(app -> new Caller(app, key, isGroup)))
        .orElseThrow(() -> authenticationError(errorFamily, basicAuth).fault());
  }

  /// The vendor lets developers into the file API too, for a price.
  private JpushError authenticationError(ErrorFamily errorFamily, BasicAuth basicAuth) {
    boolean isDeveloper = config.developer().filter(it -> it.is(basicAuth)).isPresent();
    return isDeveloper && errorFamily == ErrorFamily.FILE
        ? JpushError.FILE_PERMISSION
        : errorFamily.badCredentials();
  }

  /// Authenticates a call of the admin API.
  public void requireDeveloper(Call call) {
    checkAddress(call);
    Developer developer =
        config
            .developer()
            .orElseThrow(
                () ->
                    new JpushException(
                        JpushError.PERMISSION, "No developer's key is configured here."));
    if (BasicAuth.of(call).filter(developer::is).isEmpty()) {
      throw ErrorFamily.ADMIN.badCredentials().fault();
    }
  }

  private void checkAddress(Call call) {
    if (!config.callers().contains(call.remote())) {
      throw JpushError.CALLER_ADDRESS.fault();
    }
  }

  private Optional<Key> key(String name, Secret password) {
    return apps.key(JpushKeyKind.KIND, name)
        .filter(Key::active)
        .filter(key -> Secrets.matches(Secrets.hash(key.secret()), password));
  }
}
