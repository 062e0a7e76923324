// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.engine.Attachments.Live;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Message;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Push;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Segment;
import dev.boomerang.model.Source;
import dev.boomerang.model.Strategy;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.model.Task.Lifespan;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.RegistrationStore;
import dev.boomerang.port.SegmentStore;
import dev.boomerang.port.SegmentStore.Crowd;
import dev.boomerang.port.TaskStore.Cover;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns an audience into deliveries, as it stands at this moment.
final class Fanout {

  /// `unreached` counts targets that got no delivery: no registration answers to them, or only ones
  /// that an earlier target of the same task has taken.
  record Spread(
      Source source,
      List<Message> messages,
      List<Delivery> deliveries,
      int unreached,
      Optional<Cover> cover) {

    /// Whether a segment picked no one, or none who may be reached that way.
    boolean isNobody() {
      return messages.isEmpty();
    }
  }

  private final RegistrationStore registrations;
  private final SegmentStore segments;
  private final Attachments attachments;
  private final int mostRows;

  /// A segment that picks more than `mostRows` is stored once, as a broadcast is.
  Fanout(
      RegistrationStore registrations,
      SegmentStore segments,
      Attachments attachments,
      int mostRows) {
    this.registrations = registrations;
    this.segments = segments;
    this.attachments = attachments;
    this.mostRows = mostRows;
  }

  /// Finds the registrations that names stand for.
  @FunctionalInterface
  interface Lookup {
    List<Registration> named(AppId app, Audience.By by, Collection<String> names);
  }

  /// Returns a lookup that has read what these pushes name, with one question to the store for each
  /// way of naming: many pushes to one target each would ask once for each.
  Lookup prefetched(List<Push> pushes) {
    record Names(AppId app, Audience.By by) {}

    Map<Names, Set<String>> asked = new HashMap<>();
    for (Push push : pushes) {
      if (push.audience() instanceof Audience.Named(var by, var targets, var _)) {
        Set<String> names = asked.computeIfAbsent(new Names(push.app(), by), _ -> new HashSet<>());
        targets.forEach(target -> names.add(target.name()));
      }
    }
    Map<Names, Map<String, List<Registration>>> known = new HashMap<>();
    asked.forEach(
        (by, names) -> {
          Map<String, List<Registration>> found = new HashMap<>();
          for (Registration each : registrations.named(by.app(), by.by(), names)) {
            namesOf(each, by.by())
                .forEach(name -> found.computeIfAbsent(name, _ -> new ArrayList<>()).add(each));
          }
          known.put(by, found);
        });
    return (app, by, names) -> {
      Map<String, List<Registration>> found = known.getOrDefault(new Names(app, by), Map.of());
      return names.stream()
          .flatMap(name -> found.getOrDefault(name, List.of()).stream())
          .distinct()
          .toList();
    };
  }

  Spread spread(TaskId task, Push push, Lifespan lifespan) {
    return spread(task, push, lifespan, registrations::named);
  }

  Spread spread(TaskId task, Push push, Lifespan lifespan, Lookup lookup) {
    if (push.options().pace().isPresent()) {
      return spread(task, push, push.options().pace().get());
    }
    return switch (push.audience()) {
      case Audience.Named named -> spread(task, push, named, lifespan, lookup);
      case Audience.Everyone _ when Routing.choose(push.options().strategy()).isEmpty() ->
          nobody(push);
      case Audience.Everyone everyone ->
          forAll(
              task,
              push,
              new Cover.ByRule(everyone),
              attachments.of(push.app()).stream()
                  .filter(live -> everyone.covers(live.member()))
                  .toList(),
              lifespan);
      case Audience.Matching(Segment segment) -> spread(task, push, segment, lifespan);
    };
  }

  /// Whatever the audience, its registrations are fixed and stored once; nobody has it yet.
  private Spread spread(TaskId task, Push push, Pace pace) {
    if (Routing.choose(push.options().strategy()).isEmpty()) {
      return nobody(push);
    }
    return switch (push.audience()) {
      case Audience.Named named -> {
        Map<String, List<Registration>> answering = answering(push.app(), named);
        Set<RegistrationId> reached =
            answering.values().stream()
                .flatMap(List::stream)
                .filter(each -> !each.reach().blocked())
                .map(Registration::id)
                .collect(Collectors.toSet());
        int unreached =
            (int)
                named.targets().stream()
                    .map(target -> answering.getOrDefault(target.name(), List.of()))
                    .filter(found -> found.stream().noneMatch(each -> reached.contains(each.id())))
                    .count();
        yield paced(task, push, new Cover.Paced(segments.of(reached), pace), unreached);
      }
      case Audience.Everyone everyone ->
          paced(task, push, new Cover.Paced(segments.covered(push.app(), everyone), pace), 0);
      case Audience.Matching(Segment segment) -> {
        Crowd crowd = segments.resolve(push.app(), segment.reachable());
        yield crowd.size() == 0 ? nobody(push) : paced(task, push, new Cover.Paced(crowd, pace), 0);
      }
    };
  }

  private static Spread paced(TaskId task, Push push, Cover cover, int unreached) {
    return new Spread(
        push.options().source().as(Source.Kind.BROADCAST),
        List.of(message(task, push, 0)),
        List.of(),
        unreached,
        Optional.of(cover));
  }

  private Spread spread(TaskId task, Push push, Segment segment, Lifespan lifespan) {
    if (Routing.choose(push.options().strategy()).isEmpty()) {
      return nobody(push);
    }
    Crowd crowd = segments.resolve(push.app(), segment.reachable());
    if (crowd.size() > mostRows) {
      List<Live> here = attachments.of(push.app());
      Set<RegistrationId> picked =
          segments.among(crowd, here.stream().map(Live::registration).toList());
      return forAll(
          task,
          push,
          new Cover.Fixed(crowd),
          here.stream().filter(live -> picked.contains(live.registration())).toList(),
          lifespan);
    }
    List<Delivery> deliveries =
        segments.registrations(crowd).stream()
            .map(
                registration ->
                    delivery(task, 0, registration, push.options().strategy(), lifespan))
            .toList();
    List<Message> messages =
        deliveries.isEmpty() ? List.of() : List.of(message(task, push, deliveries.size()));
    Source source = push.options().source().as(Source.Kind.MULTIPLE);
    return new Spread(source, messages, deliveries, 0, Optional.empty());
  }

  /// Of an open task: nobody has it yet.
  static Spread none(TaskId task, Push push) {
    return new Spread(
        push.options().source().as(Source.Kind.MULTIPLE),
        List.of(message(task, push, 0)),
        List.of(),
        0,
        Optional.empty());
  }

  private static Spread nobody(Push push) {
    return new Spread(push.options().source(), List.of(), List.of(), 0, Optional.empty());
  }

  private static Message message(TaskId task, Push push, int deliveries) {
    return new Message(
        task, 0, Message.EVERYONE, push.options().messageId(), deliveries, Optional.empty());
  }

  /// Those who are connected have it at once; the others take it when they come.
  private static Spread forAll(
      TaskId task, Push push, Cover cover, List<Live> here, Lifespan lifespan) {
    var claimed =
        new DeliveryState.Sending(lifespan.acceptedAt(), ChannelId.SELF, Routing.FIRST, false);
    List<Delivery> deliveries =
        here.stream()
            .map(
                live ->
                    Delivery.begin(
                        new DeliveryId(task, live.registration()),
                        push.app(),
                        live.member().platform(),
                        0,
                        lifespan.expiresAt(),
                        claimed))
            .toList();
    return new Spread(
        push.options().source().as(Source.Kind.BROADCAST),
        List.of(message(task, push, deliveries.size())),
        deliveries,
        0,
        Optional.of(cover));
  }

  private Spread spread(
      TaskId task, Push push, Audience.Named audience, Lifespan lifespan, Lookup lookup) {
    Map<String, List<Registration>> answering = answering(push.app(), audience, lookup);
    var messages = new ArrayList<Message>();
    var deliveries = new ArrayList<Delivery>();
    var taken = new HashSet<RegistrationId>();
    int unreached = 0;
    for (Target target : audience.targets()) {
      int number = messages.size();
      int before = deliveries.size();
      for (Registration registration : answering.getOrDefault(target.name(), List.of())) {
        if (taken.add(registration.id())) {
          deliveries.add(delivery(task, number, registration, push.options().strategy(), lifespan));
        }
      }
      int reached = deliveries.size() - before;
      unreached += reached == 0 ? 1 : 0;
      messages.add(
          new Message(task, number, target.name(), target.messageId(), reached, target.content()));
    }
    return new Spread(push.options().source(), messages, deliveries, unreached, Optional.empty());
  }

  /// More of an open task. `unreached` names the targets that no registration answers to.
  record More(List<Delivery> deliveries, List<String> unreached) {}

  /// They belong to the task's one message.
  More more(Task task, Audience.Named audience, Strategy strategy, Instant now) {
    Map<String, List<Registration>> answering = answering(task.app(), audience);
    var deliveries = new LinkedHashMap<RegistrationId, Delivery>();
    var unreached = new ArrayList<String>();
    for (Target target : audience.targets()) {
      List<Registration> found = answering.getOrDefault(target.name(), List.of());
      if (found.isEmpty()) {
        unreached.add(target.name());
      }
      for (Registration registration : found) {
        deliveries.computeIfAbsent(
            registration.id(),
            _ ->
                delivery(
                    task.id(), 0, registration, strategy, new Lifespan(now, task.expiresAt())));
      }
    }
    return new More(List.copyOf(deliveries.values()), unreached);
  }

  private Map<String, List<Registration>> answering(AppId app, Audience.Named audience) {
    return answering(app, audience, registrations::named);
  }

  private static Map<String, List<Registration>> answering(
      AppId app, Audience.Named audience, Lookup lookup) {
    List<String> names = audience.targets().stream().map(Target::name).distinct().toList();
    Map<String, List<Registration>> answering = new HashMap<>();
    for (Registration found : lookup.named(app, audience.by(), names)) {
      if (audience.platform().isEmpty() || audience.platform().get() == found.device().platform()) {
        namesOf(found, audience.by())
            .forEach(name -> answering.computeIfAbsent(name, _ -> new ArrayList<>()).add(found));
      }
    }
    return answering;
  }

  private static Stream<String> namesOf(Registration registration, Audience.By by) {
    return switch (by) {
      case REGISTRATION -> Stream.of(registration.id().value());
      case DEVICE ->
          Stream.concat(
              Stream.of(registration.id().value()), registration.device().deviceId().stream());
      case USER -> registration.profile().userId().stream();
      case ALIAS -> registration.profile().alias().stream();
    };
  }

  private Delivery delivery(
      TaskId task, int message, Registration registration, Strategy strategy, Lifespan lifespan) {
    return Delivery.begin(
        new DeliveryId(task, registration.id()),
        registration.app(),
        registration.device().platform(),
        message,
        lifespan.expiresAt(),
        Routing.begin(
            registration, strategy, attachments.has(registration.id()), lifespan.acceptedAt()));
  }
}
