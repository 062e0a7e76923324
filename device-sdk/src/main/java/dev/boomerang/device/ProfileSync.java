// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.journal.Journal;
import dev.boomerang.device.internal.json.Json;
import dev.boomerang.device.internal.loop.Backoff;
import dev.boomerang.device.internal.loop.EventLoop;
import dev.boomerang.device.internal.registration.DeviceIdentity;
import dev.boomerang.device.internal.registration.IdentityTokens;
import dev.boomerang.device.internal.registration.Registration;
import dev.boomerang.device.internal.registration.RegistrationApi;
import dev.boomerang.device.internal.registration.RegistrationException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Sends the changes of the profile that the server does not have yet, and tries until it has them.
 * A change that the server refuses as wrong is given up and reported to the app.
 */
final class ProfileSync {
  private final EventLoop loop;
  private final Executor background;
  private final RegistrationApi registrationApi;
  private final IdentityTokens tokens;
  private final DeviceIdentity identity;
  private final Journal journal;
  private final NotificationHandler handler;
  private final Backoff backoff;
  private Optional<EventLoop.Timer> retry = Optional.empty();
  private boolean syncing;
  private boolean closed;

  ProfileSync(
      ClientDependencies environment,
      ClientSettings settings,
      ClientState state,
      NotificationHandler handler) {
    this.loop = environment.loop;
    this.background = environment.background;
    this.registrationApi = environment.registrationApi;
    this.tokens = settings.tokens;
    this.identity = state.identity;
    this.journal = state.journal;
    this.handler = handler;
    this.backoff = new Backoff(settings.initialBackoff, settings.maxBackoff, environment.random);
  }

  /** Sends the outstanding changes, if there are any and none are on their way. */
  void sync() {
    Map<String, Object> patch = identity.patch();
    if (syncing || closed || patch.isEmpty() || !identity.registration().isPresent()) {
      return;
    }
    syncing = true;
    stopRetry();
    Registration registration = identity.registration().get();
    Map<String, Object> profile = identity.profile();
    String deviceId = identity.deviceId();
    background.execute(
        () -> {
          try {
            send(deviceId, registration, profile, patch);
            loop.execute(() -> sent(profile));
          } catch (RegistrationException e) {
            loop.execute(() -> failed(profile, e));
          }
        });
  }

  /** Sends the patch, with an identity token if it sets a user or an alias. */
  private void send(
      String deviceId,
      Registration registration,
      Map<String, Object> profile,
      Map<String, Object> patch)
      throws RegistrationException {
    IdentityTokens.Call<Boolean> call =
        body -> {
          registrationApi.update(registration, body);
          return true;
        };
    boolean binds =
        Stream.of(DeviceIdentity.USER, DeviceIdentity.ALIAS)
            .anyMatch(member -> patch.getOrDefault(member, Json.NULL) != Json.NULL);
    if (binds) {
      tokens.send(deviceId, profile, patch, call);
    } else {
      registrationApi.update(registration, patch);
    }
  }

  /** Stops sending. */
  void close() {
    closed = true;
    stopRetry();
  }

  private void sent(Map<String, Object> profile) {
    syncing = false;
    backoff.reset();
    journal.add(identity.synced(profile, Set.of()));
    journal.save();
    sync();
  }

  private void failed(Map<String, Object> profile, RegistrationException e) {
    if (e.isRefusal() && !e.isRegistrationUnknown() && !e.isIdentityTokenRequired()) {
      handler.onError("the server refused a change of the registration", e);
      sent(profile);
    } else {
      if (e.isIdentityError()) {
        handler.onError("the server wants another identity token: " + e.code(), e);
      }
      // If the registration is unknown, the connection is refused as well and the device registers
      // anew.
      syncing = false;
      retry = Optional.of(loop.after(backoff.next(), this::sync));
    }
  }

  private void stopRetry() {
    retry.ifPresent(EventLoop.Timer::cancel);
    retry = Optional.empty();
  }
}
