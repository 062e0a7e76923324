// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.RegistrationStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

final class MemoryRegistrations implements RegistrationStore {
  private record Removed(AppId app, Instant at) {}

  private final Map<RegistrationId, Registration> all = new LinkedHashMap<>();
  private final Map<RegistrationId, Removed> removed = new HashMap<>();

  @Override
  public synchronized Registration add(Registration registration) {
    Optional<Registration> holder = holderOfDevice(registration);
    if (holder.isEmpty()) {
      all.put(registration.id(), registration);
    }
    return holder.orElse(registration);
  }

  @Override
  public synchronized boolean replace(Registration changed) {
    Registration stored = all.get(changed.id());
    if (stored == null
        || stored.version() != changed.version() - 1
        || holderOfDevice(changed).filter(h -> !h.id().equals(changed.id())).isPresent()) {
      return false;
    }
    all.put(changed.id(), withSeen(changed, later(stored.seenAt(), changed.seenAt())));
    return true;
  }

  @Override
  public synchronized boolean handOver(Registration former, Registration taker) {
    Registration formerNow = all.get(former.id());
    Registration takerNow = all.get(taker.id());
    if (formerNow == null
        || formerNow.version() != former.version() - 1
        || (takerNow != null && takerNow.version() != taker.version() - 1)
        || holderOfDevice(taker)
            .filter(h -> !h.id().equals(former.id()) && !h.id().equals(taker.id()))
            .isPresent()) {
      return false;
    }
    all.put(former.id(), withSeen(former, later(formerNow.seenAt(), former.seenAt())));
    Instant seen = takerNow == null ? taker.seenAt() : later(takerNow.seenAt(), taker.seenAt());
    all.put(taker.id(), withSeen(taker, seen));
    return true;
  }

  @Override
  public synchronized boolean remove(RegistrationId id, Instant at) {
    Optional<Registration> gone = Optional.ofNullable(all.remove(id));
    gone.ifPresent(it -> removed.put(id, new Removed(it.app(), at)));
    return gone.isPresent();
  }

  @Override
  public synchronized Set<RegistrationId> removed(AppId app, Collection<RegistrationId> ids) {
    return ids.stream()
        .filter(
            id ->
                Optional.ofNullable(removed.get(id)).filter(it -> it.app().equals(app)).isPresent())
        .collect(Collectors.toSet());
  }

  @Override
  public synchronized int clearRemoved(Instant limit, int count) {
    List<RegistrationId> old =
        removed.entrySet().stream()
            .filter(each -> each.getValue().at().isBefore(limit))
            .sorted(Comparator.comparing(each -> each.getValue().at()))
            .limit(count)
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(removed::remove);
    return old.size();
  }

  synchronized List<Registration> all() {
    return List.copyOf(all.values());
  }

  @Override
  public synchronized Optional<Registration> find(RegistrationId id) {
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public synchronized List<Registration> findByTarget(
      AppId app, Audience.TargetKind targetKind, Collection<String> names) {
    Set<String> wanted = Set.copyOf(names);
    return all.values().stream()
        .filter(r -> r.app().equals(app) && answers(r, targetKind, wanted))
        .toList();
  }

  @Override
  public synchronized Map<Platform, Integer> countRegistered(AppId app, Instant from, Instant to) {
    return all.values().stream()
        .filter(r -> r.app().equals(app))
        .filter(r -> !r.createdAt().isBefore(from) && r.createdAt().isBefore(to))
        .collect(Collectors.toMap(r -> r.device().platform(), _ -> 1, Integer::sum));
  }

  @Override
  public synchronized void updateLastSeen(Map<RegistrationId, Instant> lastSeen) {
    lastSeen.forEach(
        (id, at) -> all.computeIfPresent(id, (_, r) -> withSeen(r, later(r.seenAt(), at))));
  }

  private Optional<Registration> holderOfDevice(Registration like) {
    return like.device()
        .deviceId()
        .flatMap(
            deviceId ->
                all.values().stream()
                    .filter(r -> r.app().equals(like.app()))
                    .filter(r -> r.device().deviceId().equals(Optional.of(deviceId)))
                    .findFirst());
  }

  private static boolean answers(
      Registration r, Audience.TargetKind targetKind, Set<String> names) {
    return switch (targetKind) {
      case REGISTRATION -> names.contains(r.id().value());
      case DEVICE ->
          names.contains(r.id().value())
              || r.device().deviceId().filter(names::contains).isPresent();
      case USER -> r.profile().userId().filter(names::contains).isPresent();
      case ALIAS -> r.profile().alias().filter(names::contains).isPresent();
    };
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Registration withSeen(Registration r, Instant seenAt) {
    return new Registration(
        r.id(),
        r.app(),
        r.device(),
        r.profile(),
        r.reachability(),
        r.createdAt(),
        r.boundAt(),
        seenAt,
        r.version());
  }
}
