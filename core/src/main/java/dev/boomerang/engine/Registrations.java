// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.lifecycle.DeliveryEvent.Unreachable;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Device;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Profile;
import dev.boomerang.model.Reach;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Secret;
import dev.boomerang.model.Segment;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Attachment;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.DeliveryStore.Parcel;
import dev.boomerang.port.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Registers devices and keeps what is known of them.
public final class Registrations {

  /// A registration with the secret its device connects with. Only its hash is kept: it cannot be
  /// told again.
  public record Registered(Registration registration, Secret secret) {}

  private static final String LEFT = "registration-left";
  private static final int PAGE = 500;

  private final Store store;
  private final Deliveries deliveries;
  private final Attachments attachments;
  private final LastSeen lastSeen;
  private final SecureRandom random;
  private final Clock clock;

  Registrations(
      Store store,
      Deliveries deliveries,
      Attachments attachments,
      LastSeen lastSeen,
      SecureRandom random,
      Clock clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.attachments = attachments;
    this.lastSeen = lastSeen;
    this.random = random;
    this.clock = clock;
  }

  /// How many a push to the segment would be for now.
  public int count(AppId app, Segment segment) {
    return store.segments().resolve(app, segment.reachable()).size();
  }

  /// Those whom a segment picks now, all of them: ask this only where they are few, or where each
  /// of them costs more than to be read.
  public List<Registration> matching(AppId app, Segment segment) {
    return store.segments().registrations(store.segments().resolve(app, segment));
  }

  /// Changes every registration that a segment picks, until it picks none; so `change` has to take
  /// them out of it.
  public void updateAll(AppId app, Segment segment, UnaryOperator<Registration> change) {
    List<Registration> page;
    do {
      page = store.segments().some(store.segments().resolve(app, segment), PAGE);
      page.forEach(each -> update(each.id(), change));
    } while (!page.isEmpty());
  }

  /// The tags that the app's registrations have, in order of their bytes, at most `limit`.
  public List<String> tags(AppId app, int limit) {
    return store.segments().tags(app, limit);
  }

  public List<Registration> ofAlias(AppId app, String alias) {
    return ofAliases(app, List.of(alias));
  }

  /// In no particular order; each tells its alias.
  public List<Registration> ofAliases(AppId app, Collection<String> aliases) {
    return store.registrations().named(app, Audience.By.ALIAS, aliases);
  }

  /// Registers a device. One that shows a device id the app already has gets that registration
  /// back, with a new secret; the old secret ends. What it says now takes the place of what was
  /// known; what it leaves out stays, because a server may have told it (a user bound by mPaaS
  /// PushBind).
  public Registered register(
      AppId app, Device device, Profile profile, Map<String, String> vendorTokens) {
    Secret secret = Secrets.mint(random);
    var reach = Reach.of(Secrets.hash(secret), vendorTokens);
    while (true) {
      Registration fresh = fresh(app, device, profile, reach);
      Registration stored = store.registrations().add(fresh);
      if (stored.id().equals(fresh.id())) {
        return new Registered(stored, secret);
      }
      Registration again =
          stamped(
              stored,
              stored.changed(device, told(profile, stored.profile()), told(reach, stored.reach())));
      if (store.registrations().replace(again)) {
        attachments.changed(again);
        return new Registered(again, secret);
      }
    }
  }

  private static Profile told(Profile now, Profile known) {
    return new Profile(
        now.userId().or(known::userId),
        now.alias().or(known::alias),
        now.tags().isEmpty() ? known.tags() : now.tags(),
        now.region().or(known::region));
  }

  private static Reach told(Reach now, Reach known) {
    Map<String, String> tokens = new HashMap<>(known.vendorTokens());
    tokens.putAll(now.vendorTokens());
    return new Reach(now.secretHash(), tokens, known.notificationsOn(), known.blocked());
  }

  /// The registration of a device that a server tells us of; made if it is new. Such a one cannot
  /// connect until its device registers with the same device id.
  public Registration ensure(AppId app, Device device) {
    return store.registrations().add(fresh(app, device, Profile.EMPTY, Reach.of("", Map.of())));
  }

  public Optional<Registration> find(AppId app, RegistrationId id) {
    return store.registrations().find(id).filter(found -> found.app().equals(app));
  }

  /// How many of an app's registrations were made from `from` until before `to`, by platform;
  /// platforms without any are absent. Those that left since do not count.
  public Map<Platform, Integer> joined(AppId app, Instant from, Instant to) {
    return store.registrations().joined(app, from, to);
  }

  /// Those of `ids` that the app has, by id, in no particular order. What is no id is nobody's.
  public Map<String, Registration> byId(AppId app, Collection<String> ids) {
    List<String> good = ids.stream().filter(id -> RegistrationId.parse(id).isPresent()).toList();
    Map<String, Registration> found = new HashMap<>();
    store
        .registrations()
        .named(app, Audience.By.REGISTRATION, good)
        .forEach(each -> found.put(each.id().value(), each));
    return found;
  }

  /// By device id or registration id.
  public Optional<Registration> findDevice(AppId app, String name) {
    return store.registrations().named(app, Audience.By.DEVICE, List.of(name)).stream().findFirst();
  }

  public List<Registration> ofUser(AppId app, String user) {
    return store.registrations().named(app, Audience.By.USER, List.of(user));
  }

  public boolean isConnected(RegistrationId id) {
    return attachments.has(id);
  }

  /// Returns when the device was last connected: now, if it is; empty if it never was, however
  /// often it registered.
  public Optional<Instant> lastConnected(Registration registration) {
    return isConnected(registration.id())
        ? Optional.of(clock.instant())
        : lastSeen.of(registration);
  }

  /// Applies `change` to what is stored, however many others do the same at this moment. `change`
  /// may run more than once. Empty if the registration is gone.
  public Optional<Registration> update(RegistrationId id, UnaryOperator<Registration> change) {
    while (true) {
      Optional<Registration> before = store.registrations().find(id);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      Registration after = stamped(before.get(), change.apply(before.get()));
      if (store.registrations().replace(after)) {
        attachments.changed(after);
        return Optional.of(after);
      }
    }
  }

  /// From here on the app pushes nothing to it, or does so again. What waits already is not
  /// touched. Empty if the registration is gone.
  public Optional<Registration> block(RegistrationId id, boolean blocked) {
    return update(id, each -> each.with(each.reach().blocked(blocked)));
  }

  private Registration stamped(Registration before, Registration after) {
    return before.profile().userId().equals(after.profile().userId())
        ? after
        : after.boundAt(clock.instant());
  }

  /// Removes a registration, ends its connection, and closes what waits for it. False if there was
  /// none.
  public boolean leave(RegistrationId id) {
    boolean removed = store.registrations().remove(id);
    attachments.of(id).ifPresent(live -> live.end(Attachment.End.REGISTRATION_GONE));
    Instant now = clock.instant();
    TaskId after = TaskId.NONE;
    List<Parcel> waiting;
    do {
      waiting = store.deliveries().mailbox(id, after, now, PAGE);
      deliveries.record(
          waiting.stream()
              .map(parcel -> new Change(parcel.delivery().id(), new Unreachable(now, LEFT)))
              .toList());
      after = waiting.isEmpty() ? after : waiting.getLast().task().id();
    } while (waiting.size() == PAGE);
    return removed;
  }

  private Registration fresh(AppId app, Device device, Profile profile, Reach reach) {
    Instant now = clock.instant();
    return new Registration(
        RegistrationId.mint(now, random), app, device, profile, reach, now, now, now, 0);
  }
}
