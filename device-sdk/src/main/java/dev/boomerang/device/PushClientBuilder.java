// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.loop.BackgroundExecutor;
import dev.boomerang.device.internal.loop.ThreadEventLoop;
import dev.boomerang.device.internal.registration.DeviceIdentity;
import dev.boomerang.device.internal.registration.HttpRegistrationApi;
import dev.boomerang.device.internal.registration.IdentityTokens;
import dev.boomerang.device.internal.transport.PahoTransport;
import dev.boomerang.device.registration.IdentityTokenSupplier;
import dev.boomerang.device.storage.DeviceStorage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Builds a {@link PushClient}. Only {@link #storage} has no default.
 *
 * <p>User, alias, tags, region, tokens and attributes that are set here hold from the start of the
 * client on, and are sent if the server knows others; what is not set stays as it was on the last
 * run.
 */
public final class PushClientBuilder {
  private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofSeconds(1);
  private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(65_535);

  final String server;
  final String appId;
  final String deviceKey;
  final Map<String, Object> profile = new LinkedHashMap<>();
  Platform platform = Platform.ANDROID;
  Optional<String> deviceId = Optional.empty();
  Optional<URI> gateway = Optional.empty();
  Optional<IdentityTokenSupplier> identityTokens = Optional.empty();
  Duration initialBackoff = Duration.ofSeconds(1);
  Duration maxBackoff = Duration.ofMinutes(5);
  private final Map<String, Object> tokens = new LinkedHashMap<>();
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private Optional<DeviceStorage> storage = Optional.empty();
  private Optional<SSLContext> tls = Optional.empty();
  private Duration keepAlive = Duration.ofMinutes(2);

  PushClientBuilder(String server, String appId, String deviceKey) {
    this.server = server;
    this.appId = appId;
    this.deviceKey = deviceKey;
  }

  /** Sets the platform. Default: {@link Platform#ANDROID}. */
  public PushClientBuilder platform(Platform value) {
    platform = value;
    return this;
  }

  /**
   * Sets a stable name for this device, chosen by the app. Registering with it after the storage
   * was lost finds the same registration again only with an identity token ({@link
   * #identityTokens}); otherwise it is a new registration that takes the name. Default: a random
   * one, kept in the storage.
   */
  public PushClientBuilder deviceId(String value) {
    deviceId = Optional.of(value);
    return this;
  }

  /**
   * Sets the supplier of the tokens with which the app's back end says whose device this is. It is
   * needed for users and aliases if the app is in the signed mode. Default: none.
   */
  public PushClientBuilder identityTokens(IdentityTokenSupplier supplier) {
    identityTokens = Optional.of(supplier);
    return this;
  }

  /** Sets the user this device belongs to. */
  public PushClientBuilder user(String userId) {
    profile.put(DeviceIdentity.USER, userId);
    return this;
  }

  /** Sets the alias of this device. */
  public PushClientBuilder alias(String alias) {
    profile.put(DeviceIdentity.ALIAS, alias);
    return this;
  }

  /** Sets all tags of this device; earlier ones are removed. */
  public PushClientBuilder tags(Collection<String> tags) {
    profile.put(DeviceIdentity.TAGS, new ArrayList<>(new LinkedHashSet<>(tags)));
    return this;
  }

  /** Sets the region of this device. */
  public PushClientBuilder region(String region) {
    profile.put(DeviceIdentity.REGION, region);
    return this;
  }

  /** Adds an attribute of the device, such as its model or app version. Call it once for each. */
  public PushClientBuilder attribute(String name, String value) {
    attributes.put(name, value);
    profile.put(DeviceIdentity.ATTRIBUTES, attributes);
    return this;
  }

  /**
   * Sets the token that a vendor's own push service gave this app, so that the server can reach it
   * through that service too.
   */
  public PushClientBuilder vendorToken(String channel, String token) {
    tokens.put(channel, token);
    profile.put(DeviceIdentity.CHANNELS, tokens);
    return this;
  }

  /**
   * Keeps what must outlive the process in files in this directory. On Android, use a directory of
   * the app's own.
   */
  public PushClientBuilder dataDirectory(Path directory) {
    return storage(DeviceStorage.in(directory));
  }

  /** Keeps what must outlive the process in this storage, which one client uses at a time. */
  public PushClientBuilder storage(DeviceStorage value) {
    storage = Optional.of(value);
    return this;
  }

  /**
   * Sets where to connect, instead of where the server says: {@code tcp://}, {@code ssl://}, {@code
   * ws://} or {@code wss://} with host and port.
   */
  public PushClientBuilder gateway(URI uri) {
    gateway = Optional.of(uri);
    return this;
  }

  /**
   * Sets which certificates to trust for {@code https}, {@code ssl} and {@code wss}. Default: those
   * that the system trusts.
   */
  public PushClientBuilder tls(SSLContext context) {
    tls = Optional.of(context);
    return this;
  }

  /** Sets the wait before the first retry and the longest one. Default: 1 second and 5 minutes. */
  public PushClientBuilder backoff(Duration initial, Duration max) {
    if (initial.isZero() || initial.isNegative() || max.compareTo(initial) < 0) {
      throw new IllegalArgumentException("backoff: must be positive, initial not above max");
    }
    initialBackoff = initial;
    maxBackoff = max;
    return this;
  }

  /**
   * Sets how long the connection may be silent, 1 to 65,535 seconds. A short time costs battery.
   * Default: 2 minutes.
   */
  public PushClientBuilder keepAlive(Duration value) {
    if (value.compareTo(SHORTEST_KEEP_ALIVE) < 0 || value.compareTo(LONGEST_KEEP_ALIVE) > 0) {
      throw new IllegalArgumentException("keepAlive: must be 1 to 65535 seconds");
    }
    keepAlive = value;
    return this;
  }

  /** Builds the client; {@link PushClient#start} starts it. */
  public PushClient build(NotificationHandler handler) {
    if (!storage.isPresent()) {
      throw new IllegalStateException("storage: set dataDirectory(path) or storage(…)");
    }
    URI uri = URI.create(server);
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw new IllegalArgumentException("server: must begin with http:// or https://");
    }
    BackgroundExecutor background = new BackgroundExecutor();
    ClientDependencies environment =
        new ClientDependencies(
            new ThreadEventLoop(),
            background,
            new HttpRegistrationApi(uri, tls),
            new PahoTransport(appId, gateway, tls, keepAlive),
            Math::random);
    return new PushClient(environment, settings(), storage.get(), handler);
  }

  ClientSettings settings() {
    return new ClientSettings(
        server,
        appId,
        deviceKey,
        platform,
        deviceId,
        profile,
        gateway,
        new IdentityTokens(identityTokens),
        initialBackoff,
        maxBackoff);
  }
}
