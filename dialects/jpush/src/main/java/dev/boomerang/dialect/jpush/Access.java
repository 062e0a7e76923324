// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.dialect.jpush.JpushConfig.Developer;
import dev.boomerang.engine.Apps;
import dev.boomerang.engine.Secrets;
import dev.boomerang.model.App;
import dev.boomerang.model.Key;
import dev.boomerang.model.KeyKind;
import dev.boomerang.model.Secret;
import dev.boomerang.web.Basic;
import dev.boomerang.web.Call;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who may call: an app key with its master secret stands for its app, and with `group-` before it
/// for a group, which here is that app alone.
///
/// Source: JPush "REST API v3", authentication, return codes.
final class Access {
  private static final String GROUP = "group-";
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]*");

  record Caller(App app, Key key, boolean isGroup) {}

  private final Apps apps;
  private final JpushConfig config;

  Access(Apps apps, JpushConfig config) {
    this.apps = apps;
    this.config = config;
  }

  Caller caller(Family family, Call call) {
    checkAddress(call);
    Basic basic = Basic.of(call).orElseThrow(() -> family.noCredentials().fault());
    boolean isGroup = basic.user().startsWith(GROUP);
    String name = isGroup ? basic.user().substring(GROUP.length()) : basic.user();
    if (!KEY.matcher(name).matches()) {
      throw family.noAppKey().fault();
    }
    return key(name, basic.password())
        .flatMap(key -> apps.find(key.app()).map(app -> new Caller(app, key, isGroup)))
        .orElseThrow(() -> stranger(family, basic).fault());
  }

  /// The vendor lets developers into the file API too, for a price.
  private JpushError stranger(Family family, Basic basic) {
    boolean isDeveloper = config.developer().filter(it -> it.is(basic)).isPresent();
    return isDeveloper && family == Family.FILE
        ? JpushError.FILE_PERMISSION
        : family.badCredentials();
  }

  /// For the admin API.
  void checkDeveloper(Call call) {
    checkAddress(call);
    Developer developer =
        config
            .developer()
            .orElseThrow(
                () ->
                    new JpushFault(
                        JpushError.PERMISSION, "No developer's key is configured here."));
    if (Basic.of(call).filter(developer::is).isEmpty()) {
      throw Family.ADMIN.badCredentials().fault();
    }
  }

  private void checkAddress(Call call) {
    if (!config.callers().has(call.remote())) {
      throw JpushError.CALLER_ADDRESS.fault();
    }
  }

  private Optional<Key> key(String name, Secret password) {
    return apps.key(KeyKind.JPUSH, name)
        .filter(Key::active)
        .filter(key -> Secrets.matches(Secrets.hash(key.secret()), password));
  }
}
