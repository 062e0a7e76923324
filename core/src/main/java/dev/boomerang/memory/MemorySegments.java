// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Segment;
import dev.boomerang.port.SegmentStore;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Asks every registration.
final class MemorySegments implements SegmentStore {

  record Ids(Set<RegistrationId> ids) implements Crowd {
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
  public Crowd resolve(AppId app, Segment segment) {
    return new Ids(
        registrations.all().stream()
            .filter(each -> each.app().equals(app))
            .filter(segment::covers)
            .map(Registration::id)
            .collect(Collectors.toSet()));
  }

  @Override
  public Crowd covered(AppId app, Audience.Everyone rule) {
    return new Ids(
        registrations.all().stream()
            .filter(each -> each.app().equals(app) && rule.covers(each.member()))
            .map(Registration::id)
            .collect(Collectors.toSet()));
  }

  @Override
  public Crowd of(Collection<RegistrationId> ids) {
    return new Ids(
        ids.stream().filter(id -> registrations.find(id).isPresent()).collect(Collectors.toSet()));
  }

  @Override
  public List<Registration> registrations(Crowd crowd) {
    return registrations.all().stream().filter(each -> has(crowd, each.id())).toList();
  }

  @Override
  public List<Registration> some(Crowd crowd, int limit) {
    return registrations(crowd).stream().limit(limit).toList();
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
  public Set<RegistrationId> among(Crowd crowd, Collection<RegistrationId> ids) {
    return ids.stream().filter(id -> has(crowd, id)).collect(Collectors.toSet());
  }

  static boolean has(Crowd crowd, RegistrationId id) {
    return crowd instanceof Ids(var ids) && ids.contains(id);
  }
}
