// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.registration.DeviceIdentity;
import dev.boomerang.device.internal.registration.IdentityTokens;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Holds what the builder gathered. Immutable. */
final class ClientSettings {
  final String server;
  final String appId;
  final String deviceKey;
  final Platform platform;
  final Optional<String> deviceId;

  /** The profile members that the app set; the others stay as they are. */
  final Map<String, Object> profile;

  final Optional<URI> gateway;
  final IdentityTokens tokens;
  final Duration initialBackoff;
  final Duration maxBackoff;

  ClientSettings(
      String server,
      String appId,
      String deviceKey,
      Platform platform,
      Optional<String> deviceId,
      Map<String, Object> profile,
      Optional<URI> gateway,
      IdentityTokens tokens,
      Duration initialBackoff,
      Duration maxBackoff) {
    this.server = server;
    this.appId = appId;
    this.deviceKey = deviceKey;
    this.platform = platform;
    this.deviceId = deviceId;
    this.profile = new LinkedHashMap<>(profile);
    this.gateway = gateway;
    this.tokens = tokens;
    this.initialBackoff = initialBackoff;
    this.maxBackoff = maxBackoff;
  }

  /** Returns the server and app that stored credentials are for; they fit no other. */
  String origin() {
    return appId + "@" + server;
  }

  /** Returns the body of a registration request. */
  Map<String, Object> registration(DeviceIdentity identity) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("appId", appId);
    request.put("deviceKey", deviceKey);
    request.put("platform", platform.wire());
    request.put("deviceId", identity.deviceId());
    request.putAll(identity.profile());
    request.remove(DeviceIdentity.NOTIFICATIONS);
    return request;
  }
}
