// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the builder gathered. Immutable. */
final class Settings {
  final String server;
  final String appId;
  final String deviceKey;
  final Platform platform;
  final Optional<String> deviceId;

  /** Members the app spoke about; the others stay as they are. */
  final Map<String, Object> profile;

  final Optional<URI> gateway;
  final IdentityTokens tokens;
  final Duration firstBackoff;
  final Duration longestBackoff;

  Settings(PushClientBuilder builder) {
    this.server = builder.server;
    this.appId = builder.appId;
    this.deviceKey = builder.deviceKey;
    this.platform = builder.platform;
    this.deviceId = builder.deviceId;
    this.profile = new LinkedHashMap<>(builder.profile);
    this.gateway = builder.gateway;
    this.tokens = new IdentityTokens(builder.identityTokens);
    this.firstBackoff = builder.firstBackoff;
    this.longestBackoff = builder.longestBackoff;
  }

  /** Stored credentials are for this server and app only. */
  String origin() {
    return appId + "@" + server;
  }

  Map<String, Object> registration(Identity identity) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("appId", appId);
    request.put("deviceKey", deviceKey);
    request.put("platform", platform.wire());
    request.put("deviceId", identity.deviceId());
    request.putAll(identity.profile());
    request.remove(Identity.NOTIFICATIONS);
    return request;
  }
}
