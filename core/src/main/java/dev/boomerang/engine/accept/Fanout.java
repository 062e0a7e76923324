// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import dev.boomerang.engine.deliver.Connections;
import dev.boomerang.engine.deliver.Connections.LocalConnection;
import dev.boomerang.engine.deliver.Routing;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.Task.Validity;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.RegistrationStore;
import dev.boomerang.port.SegmentStore;
import dev.boomerang.port.SegmentStore.RegistrationSet;
import dev.boomerang.port.TaskStore.BroadcastAudience;
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
public final class Fanout {

  /// `unreached` counts targets that got no delivery: no registration answers to them, or only ones
  /// that an earlier target of the same task has taken.
  record FanoutResult(
      Source source,
      List<Message> messages,
      List<Delivery> deliveries,
      int unreached,
      Optional<BroadcastAudience> broadcastAudience) {

    /// Returns whether a segment picked no one, or none who may be reached that way.
    boolean isNobody() {
      return messages.isEmpty();
    }
  }

  private final RegistrationStore registrations;
  private final SegmentStore segments;
  private final Connections connections;
  private final int mostRows;

  /// A segment that picks more than `mostRows` is stored once, as a broadcast is.
  public Fanout(
      RegistrationStore registrations,
      SegmentStore segments,
      Connections connections,
      int mostRows) {
    this.registrations = registrations;
    this.segments = segments;
    this.connections = connections;
    this.mostRows = mostRows;
  }

  /// Finds the registrations that names stand for.
  @FunctionalInterface
  interface Lookup {
    List<Registration> named(AppId app, Audience.TargetKind targetKind, Collection<String> names);
  }

  /// Returns a lookup that has read what these pushes name, with one question to the store for each
  /// way of naming: many pushes to one target each would ask once for each.
  Lookup prefetched(List<Push> pushes) {
    record Names(AppId app, Audience.TargetKind targetKind) {}

    Map<Names, Set<String>> asked = new HashMap<>();
    for (Push push : pushes) {
      if (push.audience() instanceof Audience.Targeted(var targetKind, var targets, var _)) {
        Set<String> names =
            asked.computeIfAbsent(new Names(push.app(), targetKind), _ -> new HashSet<>());
        targets.forEach(target -> names.add(target.name()));
      }
    }
    Map<Names, Map<String, List<Registration>>> known = new HashMap<>();
    asked.forEach(
        (by, names) -> {
          Map<String, List<Registration>> found = new HashMap<>();
          for (Registration each : registrations.findByTarget(by.app(), by.targetKind(), names)) {
            namesOf(each, by.targetKind())
                .forEach(name -> found.computeIfAbsent(name, _ -> new ArrayList<>()).add(each));
          }
          known.put(by, found);
        });
    return (app, targetKind, names) -> {
      Map<String, List<Registration>> found =
          known.getOrDefault(new Names(app, targetKind), Map.of());
      return names.stream()
          .flatMap(name -> found.getOrDefault(name, List.of()).stream())
          .distinct()
          .toList();
    };
  }

  FanoutResult resolve(TaskId task, Push push, Validity validity) {
    return resolve(task, push, validity, registrations::findByTarget);
  }

  FanoutResult resolve(TaskId task, Push push, Validity validity, Lookup lookup) {
    if (push.options().sendRate().isPresent()) {
      return resolve(task, push, push.options().sendRate().get());
    }
    return switch (push.audience()) {
      case Audience.Targeted targeted -> resolve(task, push, targeted, validity, lookup);
      case Audience.Everyone _ when Routing.choose(push.options().strategy()).isEmpty() ->
          nobody(push);
      case Audience.Everyone everyone ->
          forAll(
              task,
              push,
              new BroadcastAudience.ByRule(everyone),
              connections.of(push.app()).stream()
                  .filter(localConnection -> everyone.covers(localConnection.audienceAttributes()))
                  .toList(),
              validity);
      case Audience.BySegment(Segment segment) -> resolve(task, push, segment, validity);
    };
  }

  /// Whatever the audience, its registrations are fixed and stored once; nobody has it yet.
  private FanoutResult resolve(TaskId task, Push push, SendRate sendRate) {
    if (Routing.choose(push.options().strategy()).isEmpty()) {
      return nobody(push);
    }
    return switch (push.audience()) {
      case Audience.Targeted targeted -> {
        Map<String, List<Registration>> answering = answering(push.app(), targeted);
        Set<RegistrationId> reached =
            answering.values().stream()
                .flatMap(List::stream)
                .filter(each -> !each.reachability().blocked())
                .map(Registration::id)
                .collect(Collectors.toSet());
        int unreached =
            (int)
                targeted.targets().stream()
                    .map(target -> answering.getOrDefault(target.name(), List.of()))
                    .filter(found -> found.stream().noneMatch(each -> reached.contains(each.id())))
                    .count();
        yield paced(
            task, push, new BroadcastAudience.Paced(segments.of(reached), sendRate), unreached);
      }
      case Audience.Everyone everyone ->
          paced(
              task,
              push,
              new BroadcastAudience.Paced(segments.resolve(push.app(), everyone), sendRate),
              0);
      case Audience.BySegment(Segment segment) -> {
        RegistrationSet registrationSet = segments.resolve(push.app(), segment.reachable());
        yield registrationSet.size() == 0
            ? nobody(push)
            : paced(task, push, new BroadcastAudience.Paced(registrationSet, sendRate), 0);
      }
    };
  }

  private static FanoutResult paced(
      TaskId task, Push push, BroadcastAudience broadcastAudience, int unreached) {
    return new FanoutResult(
        push.options().source().as(Source.Kind.BROADCAST),
        List.of(message(task, push, 0)),
        List.of(),
        unreached,
        Optional.of(broadcastAudience));
  }

  private FanoutResult resolve(TaskId task, Push push, Segment segment, Validity validity) {
    if (Routing.choose(push.options().strategy()).isEmpty()) {
      return nobody(push);
    }
    RegistrationSet registrationSet = segments.resolve(push.app(), segment.reachable());
    if (registrationSet.size() > mostRows) {
      List<LocalConnection> here = connections.of(push.app());
      Set<RegistrationId> picked =
          segments.intersect(
              registrationSet, here.stream().map(LocalConnection::registration).toList());
      return forAll(
          task,
          push,
          new BroadcastAudience.Fixed(registrationSet),
          here.stream()
              .filter(localConnection -> picked.contains(localConnection.registration()))
              .toList(),
          validity);
    }
    List<Delivery> deliveries =
        segments.registrations(registrationSet).stream()
            .map(
                registration ->
                    delivery(task, 0, registration, push.options().strategy(), validity))
            .toList();
    List<Message> messages =
        deliveries.isEmpty() ? List.of() : List.of(message(task, push, deliveries.size()));
    Source source = push.options().source().as(Source.Kind.MULTIPLE);
    return new FanoutResult(source, messages, deliveries, 0, Optional.empty());
  }

  /// Returns the fan-out of an open task, which has no deliveries yet.
  static FanoutResult none(TaskId task, Push push) {
    return new FanoutResult(
        push.options().source().as(Source.Kind.MULTIPLE),
        List.of(message(task, push, 0)),
        List.of(),
        0,
        Optional.empty());
  }

  private static FanoutResult nobody(Push push) {
    return new FanoutResult(push.options().source(), List.of(), List.of(), 0, Optional.empty());
  }

  private static Message message(TaskId task, Push push, int deliveries) {
    return new Message(
        task, 0, Message.EVERYONE, push.options().messageId(), deliveries, Optional.empty());
  }

  /// Fans a broadcast out: connected devices have it at once; the others take it when they connect.
  private static FanoutResult forAll(
      TaskId task,
      Push push,
      BroadcastAudience broadcastAudience,
      List<LocalConnection> here,
      Validity validity) {
    var claimed =
        new DeliveryState.Sending(validity.acceptedAt(), ChannelId.SELF, Routing.FIRST, false);
    List<Delivery> deliveries =
        here.stream()
            .map(
                localConnection ->
                    Delivery.create(
                        new DeliveryId(task, localConnection.registration()),
                        push.app(),
                        localConnection.audienceAttributes().platform(),
                        0,
                        validity.expiresAt(),
                        claimed))
            .toList();
    return new FanoutResult(
        push.options().source().as(Source.Kind.BROADCAST),
        List.of(message(task, push, deliveries.size())),
        deliveries,
        0,
        Optional.of(broadcastAudience));
  }

  private FanoutResult resolve(
      TaskId task, Push push, Audience.Targeted audience, Validity validity, Lookup lookup) {
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
          deliveries.add(delivery(task, number, registration, push.options().strategy(), validity));
        }
      }
      int reached = deliveries.size() - before;
      unreached += reached == 0 ? 1 : 0;
      messages.add(
          new Message(task, number, target.name(), target.messageId(), reached, target.content()));
    }
    return new FanoutResult(
        push.options().source(), messages, deliveries, unreached, Optional.empty());
  }

  /// Holds the deliveries that were added to an open task. `unreached` names the targets that no
  /// registration answers to.
  record AddedTargets(List<Delivery> deliveries, List<String> unreached) {}

  /// Resolves targets that are added to an open task; their deliveries belong to the task's one
  /// message.
  AddedTargets resolveAdded(Task task, Audience.Targeted audience, Strategy strategy, Instant now) {
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
                    task.id(), 0, registration, strategy, new Validity(now, task.expiresAt())));
      }
    }
    return new AddedTargets(List.copyOf(deliveries.values()), unreached);
  }

  private Map<String, List<Registration>> answering(AppId app, Audience.Targeted audience) {
    return answering(app, audience, registrations::findByTarget);
  }

  private static Map<String, List<Registration>> answering(
      AppId app, Audience.Targeted audience, Lookup lookup) {
    List<String> names = audience.targets().stream().map(Target::name).distinct().toList();
    Map<String, List<Registration>> answering = new HashMap<>();
    for (Registration found : lookup.named(app, audience.targetKind(), names)) {
      if (audience.platform().isEmpty() || audience.platform().get() == found.device().platform()) {
        namesOf(found, audience.targetKind())
            .forEach(name -> answering.computeIfAbsent(name, _ -> new ArrayList<>()).add(found));
      }
    }
    return answering;
  }

  private static Stream<String> namesOf(Registration registration, Audience.TargetKind targetKind) {
    return switch (targetKind) {
      case REGISTRATION -> Stream.of(registration.id().value());
      case DEVICE ->
          Stream.concat(
              Stream.of(registration.id().value()), registration.device().deviceId().stream());
      case USER -> registration.profile().userId().stream();
      case ALIAS -> registration.profile().alias().stream();
    };
  }

  private Delivery delivery(
      TaskId task, int message, Registration registration, Strategy strategy, Validity validity) {
    return Delivery.create(
        new DeliveryId(task, registration.id()),
        registration.app(),
        registration.device().platform(),
        message,
        validity.expiresAt(),
        Routing.begin(
            registration, strategy, connections.has(registration.id()), validity.acceptedAt()));
  }
}
