// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.SegmentStore;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Asks every registration.
final class MemorySegments implements SegmentStore {

  record Ids(Set<RegistrationId> ids) implements RegistrationSet {
    Ids {
      ids = Set.copyOf(ids);
    }

    @Override
    public int size() {
      return ids.size();
    }
  }

  private final MemoryRegistrations registrations;

  MemorySegments(MemoryRegistrations registrations) {
    this.registrations = registrations;
  }

  @Override
  public RegistrationSet resolve(AppId app, Segment segment) {
    return new Ids(
        registrations.all().stream()
            .filter(each -> each.app().equals(app))
            .filter(segment::covers)
            .map(Registration::id)
            .collect(Collectors.toSet()));
  }

  @Override
  public RegistrationSet resolve(AppId app, Audience.Everyone rule) {
    return new Ids(
        registrations.all().stream()
            .filter(each -> each.app().equals(app) && rule.covers(each.audienceAttributes()))
            .map(Registration::id)
            .collect(Collectors.toSet()));
  }

  @Override
  public RegistrationSet of(Collection<RegistrationId> ids) {
    return new Ids(
        ids.stream().filter(id -> registrations.find(id).isPresent()).collect(Collectors.toSet()));
  }

  @Override
  public List<Registration> registrations(RegistrationSet registrationSet) {
    return registrations.all().stream().filter(each -> has(registrationSet, each.id())).toList();
  }

  @Override
  public List<Registration> sample(RegistrationSet registrationSet, int limit) {
    return registrations(registrationSet).stream().limit(limit).toList();
  }

  @Override
  public List<String> tags(AppId app, int limit) {
    return registrations.all().stream()
        .filter(each -> each.app().equals(app))
        .flatMap(each -> each.profile().tags().stream())
        .distinct()
        .sorted((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)))
        .limit(limit)
        .toList();
  }

  @Override
  public Set<RegistrationId> intersect(
      RegistrationSet registrationSet, Collection<RegistrationId> ids) {
    return ids.stream().filter(id -> has(registrationSet, id)).collect(Collectors.toSet());
  }

  static boolean has(RegistrationSet registrationSet, RegistrationId id) {
    return registrationSet instanceof Ids(var ids) && ids.contains(id);
  }
}
