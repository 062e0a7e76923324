// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Tells the server what it has not heard of the profile yet, and tries until it has. A change the
 * server refuses as wrong is given up, and the app told.
 */
final class ProfileSync {
  private final Loop loop;
  private final Executor background;
  private final Desk desk;
  private final IdentityTokens tokens;
  private final Identity identity;
  private final Journal journal;
  private final Screen screen;
  private final Backoff backoff;
  private Optional<Loop.Timer> retry = Optional.empty();
  private boolean busy;
  private boolean closed;

  ProfileSync(Outside outside, Settings settings, State state, Screen screen) {
    this.loop = outside.loop;
    this.background = outside.background;
    this.desk = outside.desk;
    this.tokens = settings.tokens;
    this.identity = state.identity;
    this.journal = state.journal;
    this.screen = screen;
    this.backoff = new Backoff(settings.firstBackoff, settings.longestBackoff, outside.random);
  }

  /** There may be something to tell. */
  void nudge() {
    Map<String, Object> patch = identity.patch();
    if (busy || closed || patch.isEmpty() || !identity.registration().isPresent()) {
      return;
    }
    busy = true;
    stopRetry();
    Registration registration = identity.registration().get();
    Map<String, Object> profile = identity.profile();
    String deviceId = identity.deviceId();
    background.execute(
        () -> {
          try {
            tell(deviceId, registration, profile, patch);
            loop.execute(() -> told(profile));
          } catch (DeskException e) {
            loop.execute(() -> failed(profile, e));
          }
        });
  }

  /** Only a user or an alias that is set needs a token. */
  private void tell(
      String deviceId,
      Registration registration,
      Map<String, Object> profile,
      Map<String, Object> patch)
      throws DeskException {
    IdentityTokens.Call<Boolean> call =
        body -> {
          desk.change(registration, body);
          return true;
        };
    boolean binds =
        Stream.of(Identity.USER, Identity.ALIAS)
            .anyMatch(member -> patch.getOrDefault(member, Json.NULL) != Json.NULL);
    if (binds) {
      tokens.send(deviceId, profile, patch, call);
    } else {
      desk.change(registration, patch);
    }
  }

  void close() {
    closed = true;
    stopRetry();
  }

  private void told(Map<String, Object> profile) {
    busy = false;
    backoff.reset();
    journal.add(identity.told(profile, Set.of()));
    journal.save();
    nudge();
  }

  private void failed(Map<String, Object> profile, DeskException e) {
    if (e.isRefusal() && !e.isUnknown() && !e.isTokenWanted()) {
      screen.trouble("the server refused a change of the registration", e);
      told(profile);
    } else {
      if (e.isIdentity()) {
        screen.trouble("the server wants another identity token: " + e.code(), e);
      }
      // Unknown there: the connection will be refused as well, and the device register anew.
      busy = false;
      retry = Optional.of(loop.after(backoff.next(), this::nudge));
    }
  }

  private void stopRetry() {
    retry.ifPresent(Loop.Timer::cancel);
    retry = Optional.empty();
  }
}
