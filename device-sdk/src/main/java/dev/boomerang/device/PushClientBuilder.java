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
 * Gathers what a {@link PushClient} needs. Only {@link #storage} has no default.
 *
 * <p>User, alias, tags, region, tokens and attributes: what is said here holds from the start of
 * the client on, and the server is told if it knows otherwise; what is not said stays as it was on
 * the last run.
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

  /** Default: {@link Platform#ANDROID}. */
  public PushClientBuilder platform(Platform value) {
    platform = value;
    return this;
  }

  /**
   * A stable name for this device, chosen by the app. Registering with it after the storage was
   * lost finds the same registration again only with an identity token ({@link #identityTokens});
   * otherwise it is a new registration that takes the name. Default: a random one, kept in the
   * storage.
   */
  public PushClientBuilder deviceId(String value) {
    deviceId = Optional.of(value);
    return this;
  }

  /**
   * Who gets the tokens with which the app's back end says whose device this is. Needed where the
   * app is in the signed mode, for users and aliases. Default: none.
   */
  public PushClientBuilder identityTokens(IdentityTokenSupplier supplier) {
    identityTokens = Optional.of(supplier);
    return this;
  }

  /** The user this device belongs to. */
  public PushClientBuilder user(String userId) {
    profile.put(DeviceIdentity.USER, userId);
    return this;
  }

  public PushClientBuilder alias(String alias) {
    profile.put(DeviceIdentity.ALIAS, alias);
    return this;
  }

  /** All tags; others from before go away. */
  public PushClientBuilder tags(Collection<String> tags) {
    profile.put(DeviceIdentity.TAGS, new ArrayList<>(new LinkedHashSet<>(tags)));
    return this;
  }

  public PushClientBuilder region(String region) {
    profile.put(DeviceIdentity.REGION, region);
    return this;
  }

  /** What the device says of itself: model, app version. May be called several times. */
  public PushClientBuilder attribute(String name, String value) {
    attributes.put(name, value);
    profile.put(DeviceIdentity.ATTRIBUTES, attributes);
    return this;
  }

  /**
   * The token a vendor's own push service gave this app, so that the server can reach it that way
   * too.
   */
  public PushClientBuilder vendorToken(String channel, String token) {
    tokens.put(channel, token);
    profile.put(DeviceIdentity.CHANNELS, tokens);
    return this;
  }

  /**
   * Keeps what must outlive the process in files in this directory. On Android: a directory of the
   * app's own.
   */
  public PushClientBuilder dataDirectory(Path directory) {
    return storage(DeviceStorage.in(directory));
  }

  /** Keeps what must outlive the process there. It belongs to one client at a time. */
  public PushClientBuilder storage(DeviceStorage value) {
    storage = Optional.of(value);
    return this;
  }

  /**
   * Where to connect instead of where the server says: {@code tcp://}, {@code ssl://}, {@code
   * ws://} or {@code wss://} with host and port.
   */
  public PushClientBuilder gateway(URI uri) {
    gateway = Optional.of(uri);
    return this;
  }

  /**
   * Whom to trust, for {@code https}, {@code ssl} and {@code wss}. Default: whom the system trusts.
   */
  public PushClientBuilder tls(SSLContext context) {
    tls = Optional.of(context);
    return this;
  }

  /** How long to wait before the first retry, and at most. Default: 1 second and 5 minutes. */
  public PushClientBuilder backoff(Duration initial, Duration max) {
    if (initial.isZero() || initial.isNegative() || max.compareTo(initial) < 0) {
      throw new IllegalArgumentException(
          "backoff: must be positive, the first not above the longest");
    }
    initialBackoff = initial;
    maxBackoff = max;
    return this;
  }

  /** How long the connection may be silent. Short ones cost battery. Default: 2 minutes. */
  public PushClientBuilder keepAlive(Duration value) {
    if (value.compareTo(SHORTEST_KEEP_ALIVE) < 0 || value.compareTo(LONGEST_KEEP_ALIVE) > 0) {
      throw new IllegalArgumentException("keepAlive: must be 1 to 65535 seconds");
    }
    keepAlive = value;
    return this;
  }

  /** The client, at rest: {@link PushClient#start} sets it going. */
  public PushClient build(NotificationHandler handler) {
    if (!storage.isPresent()) {
      throw new IllegalStateException("say where to store: dataDirectory(path) or storage(…)");
    }
    URI uri = URI.create(server);
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw new IllegalArgumentException("server: must begin with http:// or https://");
    }
    BackgroundExecutor background = new BackgroundExecutor();
    Environment environment =
        new Environment(
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
