// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract.delivery;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static dev.boomerang.kit.fixture.Fixtures.aTaskId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.contract.StoreContract;
import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.PushBuilder;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.DismissReported;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryEvent.Routed;
import dev.boomerang.lifecycle.DeliveryEvent.ShownReported;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawConfirmed;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawFailed;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Source.Kind;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.StatisticsStore;
import dev.boomerang.port.StatisticsStore.ChannelShare;
import dev.boomerang.port.StatisticsStore.Filter;
import dev.boomerang.port.StatisticsStore.PlatformChannel;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.BroadcastAudience;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds that the sums equal the deliveries, whatever happened to them.
public abstract class StatisticsStoreContract extends StoreContract {
  private static final ChannelId FCM = new ChannelId("fcm");
  private static final int MANY = 1_000;

  private StatisticsStore tallies() {
    return store().statistics();
  }

  private static Instant minutes(int minutes) {
    return NOW.plus(Duration.ofMinutes(minutes));
  }

  private static Filter all(AppId app) {
    return between(app, minutes(0), minutes(600));
  }

  private static Filter between(AppId app, Instant from, Instant to) {
    return new Filter(app, from, to, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Filter of(Platform platform) {
    Filter all = all(SHOP);
    return new Filter(
        SHOP, all.from(), all.to(), Optional.of(platform), Optional.empty(), Optional.empty());
  }

  private static Filter by(ChannelId channel) {
    Filter all = all(SHOP);
    return new Filter(
        SHOP, all.from(), all.to(), Optional.empty(), Optional.of(channel), Optional.empty());
  }

  /// Every combination of what can be asked for, in the hours of the walk.
  private static List<Filter> filters() {
    var filters = new ArrayList<Filter>();
    for (Filter span :
        List.of(
            all(SHOP),
            all(BANK),
            between(SHOP, minutes(60), minutes(180)),
            between(SHOP, minutes(95), minutes(239)),
            between(SHOP, minutes(60), minutes(119)))) {
      for (Optional<Platform> platform :
          orNone(List.of(Platform.ANDROID, Platform.IOS, Platform.WEB))) {
        for (Optional<ChannelId> channel : orNone(List.of(ChannelId.SELF, FCM))) {
          for (Optional<Kind> kind : orNone(List.of(Kind.values()))) {
            filters.add(new Filter(span.app(), span.from(), span.to(), platform, channel, kind));
          }
        }
      }
    }
    return filters;
  }

  private static <T> List<Optional<T>> orNone(List<T> values) {
    return Stream.concat(Stream.of(Optional.<T>empty()), values.stream().map(Optional::of))
        .toList();
  }

  /// Holds what a delivery counts for, and under what.
  private record Counted(
      Task task,
      Optional<Platform> platform,
      Optional<ChannelId> channel,
      DeliveryCounts deliveryCounts) {

    boolean isMeant(Filter filter) {
      Instant hour = hour(task.validity().acceptedAt());
      return task.app().equals(filter.app())
          && !hour.isBefore(hour(filter.from()))
          && hour.isBefore(hour(filter.to()))
          && (filter.platform().isEmpty() || filter.platform().equals(platform))
          && (filter.channel().isEmpty() || filter.channel().equals(channel))
          && (filter.kind().isEmpty() || filter.kind().get() == task.source().kind());
    }

    private static Instant hour(Instant time) {
      return time.truncatedTo(ChronoUnit.HOURS);
    }
  }

  /// Returns the counts as the deliveries themselves give them, with the targets that have none.
  private List<Counted> counted(List<Acceptance> pushes) {
    var counted = new ArrayList<Counted>();
    for (Acceptance push : pushes) {
      Task task = push.task();
      var unreached = new DeliveryCounts(task.counts().unmatched(), 0, 0, 0, 0);
      counted.add(new Counted(task, Optional.empty(), Optional.empty(), unreached));
      for (Delivery delivery : store().deliveries().ofTask(task.id(), "", MANY)) {
        counted.add(
            new Counted(
                task,
                platform(push, delivery),
                Optional.of(delivery.channel()),
                DeliveryFunnel.of(delivery.state())));
      }
    }
    return counted;
  }

  /// A broadcast counts under the platform its rule asks for.
  private static Optional<Platform> platform(Acceptance push, Delivery delivery) {
    return push.broadcast().isPresent()
            && push.broadcast().get() instanceof BroadcastAudience.ByRule(var rule)
        ? rule.platform()
        : Optional.of(delivery.platform());
  }

  private static DeliveryCounts sum(Stream<Counted> counted) {
    return counted.map(Counted::deliveryCounts).reduce(DeliveryCounts.NONE, DeliveryCounts::plus);
  }

  private void assertSums(List<Counted> counted) {
    for (Filter filter : filters()) {
      assertThat(tallies().sum(filter))
          .as("%s", filter)
          .isEqualTo(sum(counted.stream().filter(each -> each.isMeant(filter))));
    }
  }

  private void assertSumsOfTasks(List<Acceptance> pushes, List<Counted> counted) {
    var ids = pushes.stream().map(push -> push.task().id()).toList();
    Map<TaskId, DeliveryCounts> tallies = tallies().ofTasks(ids);
    assertThat(tallies).containsOnlyKeys(ids);
    tallies.forEach(
        (id, deliveryCounts) ->
            assertThat(deliveryCounts)
                .isEqualTo(sum(counted.stream().filter(each -> each.task().id().equals(id)))));
  }

  /// Checks the shares by platform and channel of registrations that still exist.
  private void assertShares(List<Acceptance> pushes) {
    for (Acceptance push : pushes) {
      TaskId task = push.task().id();
      Map<PlatformChannel, ChannelShare> truth = new HashMap<>();
      for (Delivery delivery : store().deliveries().ofTask(task, "", MANY)) {
        DeliveryState state = delivery.state();
        truth.merge(
            new PlatformChannel(delivery.platform(), delivery.channel()),
            new ChannelShare(DeliveryFunnel.of(state), DeliveryFunnel.isSeen(state) ? 1 : 0),
            ChannelShare::plus);
      }
      assertThat(tallies().shares(task)).isEqualTo(truth);
    }
  }

  /// Pushes of every kind, each in an hour of its own choice, with all that can happen to them.
  private final class Walk {
    final Random random;
    final List<Acceptance> pushes = new ArrayList<>();
    private final List<Registration> phones;
    private final List<DeliveryId> deliveries = new ArrayList<>();
    private final List<DeliveryId> ofBroadcasts = new ArrayList<>();

    Walk(long seed) {
      random = new Random(seed);
      phones =
          Stream.of(Platform.ANDROID, Platform.IOS, Platform.ANDROID, Platform.WEB)
              .map(platform -> store().registrations().add(aRegistration().on(platform).build()))
              .toList();
    }

    private <T> T any(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    private PushBuilder push() {
      return aPush().acceptedAt(minutes(random.nextInt(300)));
    }

    void push(DeliveryState state) {
      PushBuilder push =
          push()
              .of(random.nextInt(5) == 0 ? BANK : SHOP)
              .from(Source.of("kit", any(List.of(Kind.SIMPLE, Kind.TEMPLATE, Kind.MULTIPLE))))
              .on(any(List.of(Platform.ANDROID, Platform.IOS)))
              .beginning(state)
              .to(aRegistrationId(), aRegistrationId());
      for (int nobody = random.nextInt(3); nobody > 0; nobody--) {
        push.to("nobody", "m" + pushes.size() + "." + nobody);
      }
      Acceptance acceptance = accept(push);
      pushes.add(acceptance);
      acceptance.deliveries().forEach(delivery -> deliveries.add(delivery.id()));
    }

    void broadcast() {
      var rule =
          Everyone.all(any(orNone(List.of(Platform.ANDROID, Platform.ANDROID, Platform.IOS))));
      var connected =
          phones.stream()
              .filter(phone -> rule.covers(phone.audienceAttributes()) && random.nextBoolean())
              .map(Registration::id)
              .toArray(RegistrationId[]::new);
      Acceptance acceptance = accept(push().toEveryone(rule, connected));
      pushes.add(acceptance);
      phones.forEach(phone -> ofBroadcasts.add(new DeliveryId(acceptance.task().id(), phone.id())));
    }

    /// Several at once, some of them about the same delivery.
    void step() {
      var changes = new ArrayList<Change>();
      for (int i = 0; i < 10; i++) {
        changes.add(
            new Change(any(deliveries), any(LifecycleExamples.events(minutes(300)).toList())));
        changes.add(new Change(any(ofBroadcasts), any(wordsOfDevices())));
      }
      assertThat(store().deliveries().apply(changes)).hasSameSizeAs(changes);
      if (random.nextInt(4) == 0) {
        TaskId task = any(ofBroadcasts).task();
        var broadcasts = store().broadcasts();
        any(List.<Runnable>of(
                () -> broadcasts.recall(task, minutes(300)),
                () -> broadcasts.expire(task, minutes(300).plus(Duration.ofDays(1))),
                () -> broadcasts.expire(task, minutes(300).plus(Recall.WINDOW))))
            .run();
      }
    }

    private List<DeliveryEvent> wordsOfDevices() {
      Instant at = minutes(300);
      return List.of(
          new Claimed(at),
          new Claimed(at),
          new NotSent(at, 1),
          new Arrived(at),
          new ShownReported(at),
          new OpenReported(at),
          new DismissReported(at),
          new RecallRequested(at),
          new WithdrawConfirmed(at),
          new WithdrawFailed(at));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sums_afterARandomWalk_equalTheDeliveries(long seed) {
    var walk = new Walk(seed);
    LifecycleExamples.states().forEach(walk::push);
    for (int i = 0; i < 5; i++) {
      walk.broadcast();
    }
    assertSums(counted(walk.pushes));

    for (int i = 0; i < 20; i++) {
      walk.step();
    }

    var counted = counted(walk.pushes);
    assertSums(counted);
    assertSumsOfTasks(walk.pushes, counted);
    assertShares(walk.pushes);
  }

  @Test
  void shares_ofABroadcast_areByPlatform_andKnowWhatWasSeen() {
    List<Registration> phones =
        Stream.of(Platform.ANDROID, Platform.ANDROID, Platform.ANDROID, Platform.IOS, Platform.WEB)
            .map(platform -> store().registrations().add(aRegistration().on(platform).build()))
            .toList();
    TaskId task = accept(aPush().toEveryone(Everyone.all(Optional.empty()))).task().id();
    var words = new ArrayList<Change>();
    for (Registration phone : phones.subList(0, 4)) {
      words.add(new Change(new DeliveryId(task, phone.id()), new Claimed(minutes(1))));
      words.add(new Change(new DeliveryId(task, phone.id()), new Arrived(minutes(2))));
    }
    words.add(new Change(new DeliveryId(task, phones.get(0).id()), new ShownReported(minutes(3))));
    words.add(new Change(new DeliveryId(task, phones.get(1).id()), new OpenReported(minutes(3))));
    store().deliveries().apply(words);

    assertThat(tallies().shares(task))
        .containsOnly(
            Map.entry(
                new PlatformChannel(Platform.ANDROID, ChannelId.SELF),
                new ChannelShare(new DeliveryCounts(3, 3, 3, 1, 0), 2)),
            Map.entry(
                new PlatformChannel(Platform.IOS, ChannelId.SELF),
                new ChannelShare(new DeliveryCounts(1, 1, 1, 0, 0), 0)));
    assertThat(tallies().shares(aTaskId())).isEmpty();
  }

  @Test
  void sums_ofNothing_areNone() {
    Acceptance push = accept(aPush().to(aRegistrationId()));

    assertThat(tallies().sum(all(BANK))).isEqualTo(DeliveryCounts.NONE);
    assertThat(tallies().sum(between(SHOP, minutes(60), minutes(600))))
        .isEqualTo(DeliveryCounts.NONE);
    assertThat(tallies().sum(between(SHOP, minutes(0), minutes(59))))
        .isEqualTo(DeliveryCounts.NONE);
    assertThat(tallies().ofTasks(List.of())).isEmpty();
    assertThat(tallies().ofTasks(List.of(aTaskId(), push.task().id())))
        .containsOnlyKeys(push.task().id());
  }

  @Test
  void hours_areThoseOfTheAcceptance_andAskedForWhole() {
    DeliveryId id = only(accept(aPush().acceptedAt(minutes(119)).to(aRegistrationId())));
    record(id, new Claimed(minutes(300)));
    var one = new DeliveryCounts(1, 1, 0, 0, 0);

    assertThat(tallies().sum(between(SHOP, minutes(60), minutes(120)))).isEqualTo(one);
    assertThat(tallies().sum(between(SHOP, minutes(119), minutes(179)))).isEqualTo(one);
    assertThat(tallies().sum(between(SHOP, minutes(0), minutes(119))))
        .isEqualTo(DeliveryCounts.NONE);
    assertThat(tallies().sum(between(SHOP, minutes(120), minutes(600))))
        .isEqualTo(DeliveryCounts.NONE);
  }

  @Test
  void targetsThatNobodyAnswersTo_countInTheTotalAlone_ofNoPlatformAndNoChannel() {
    Acceptance push =
        accept(
            aPush()
                .from(Source.of("kit", Kind.MULTIPLE))
                .to("nobody", "m1")
                .to("nobody else", "m2")
                .to(aRegistrationId()));
    record(push.deliveries().getFirst().id(), new Claimed(NOW));

    assertThat(tallies().sum(all(SHOP))).isEqualTo(new DeliveryCounts(3, 1, 0, 0, 0));
    assertThat(tallies().sum(of(Platform.ANDROID))).isEqualTo(new DeliveryCounts(1, 1, 0, 0, 0));
    assertThat(tallies().sum(by(ChannelId.SELF))).isEqualTo(new DeliveryCounts(1, 1, 0, 0, 0));
    assertThat(tallies().ofTasks(List.of(push.task().id())))
        .isEqualTo(Map.of(push.task().id(), new DeliveryCounts(3, 1, 0, 0, 0)));
  }

  @Test
  void delivery_countsUnderTheChannelItGoesBy() {
    DeliveryId id = only(accept(aPush().to(aRegistrationId()).beginning(new Pending(NOW))));
    assertThat(tallies().sum(by(ChannelId.SELF))).isEqualTo(new DeliveryCounts(1, 0, 0, 0, 0));

    record(id, new Routed(NOW, FCM));
    record(id, new Claimed(NOW));

    assertThat(tallies().sum(by(ChannelId.SELF))).isEqualTo(DeliveryCounts.NONE);
    assertThat(tallies().sum(by(FCM))).isEqualTo(new DeliveryCounts(1, 1, 0, 0, 0));
  }

  @Test
  void broadcast_countsUnderItsRulesPlatform_orUnderNone() {
    Registration phone = store().registrations().add(aRegistration().build());
    Task forAll = accept(aPush().toEveryone(Everyone.all(Optional.empty()))).task();
    Task forAndroid =
        accept(aPush().toEveryone(Everyone.all(Optional.of(Platform.ANDROID)))).task();
    record(new DeliveryId(forAll.id(), phone.id()), new Claimed(NOW));
    record(new DeliveryId(forAndroid.id(), phone.id()), new Claimed(NOW));
    record(new DeliveryId(forAndroid.id(), phone.id()), new OpenReported(NOW));

    assertThat(tallies().sum(all(SHOP))).isEqualTo(new DeliveryCounts(2, 2, 1, 1, 0));
    assertThat(tallies().sum(of(Platform.ANDROID))).isEqualTo(new DeliveryCounts(1, 1, 1, 1, 0));
    assertThat(tallies().sum(of(Platform.IOS))).isEqualTo(DeliveryCounts.NONE);
    assertThat(tallies().sum(by(ChannelId.SELF))).isEqualTo(new DeliveryCounts(2, 2, 1, 1, 0));
  }

  @Test
  void whatARegistrationTookThatIsGone_goesOnToCount() {
    Registration phone = store().registrations().add(aRegistration().build());
    Task task = accept(aPush().toEveryone(Everyone.all(Optional.empty()))).task();
    record(new DeliveryId(task.id(), phone.id()), new Claimed(NOW));
    store().registrations().remove(phone.id(), NOW);

    store().broadcasts().expire(task.id(), task.expiresAt());

    assertThat(tallies().sum(all(SHOP))).isEqualTo(new DeliveryCounts(1, 1, 0, 0, 0));
    assertThat(tallies().ofTasks(List.of(task.id())))
        .isEqualTo(Map.of(task.id(), new DeliveryCounts(1, 1, 0, 0, 0)));
  }

  @Test
  void clearing_leavesTheSums_andForgetsThoseOfTheTasks() {
    var walk = new Walk(4);
    LifecycleExamples.states().limit(6).forEach(walk::push);
    walk.broadcast();
    walk.step();
    var counted = counted(walk.pushes);

    assertThat(store().tasks().purge(minutes(600), MANY)).isEqualTo(walk.pushes.size());

    assertSums(counted);
    assertThat(tallies().ofTasks(walk.pushes.stream().map(push -> push.task().id()).toList()))
        .isEmpty();

    walk.step();
    Acceptance later = accept(aPush().to(aRegistrationId()));

    counted.addAll(counted(List.of(later)));
    assertSums(counted);
  }

  @Test
  void refusedPush_countsForNothing() {
    accept(aPush().requested("kit", "k").to("nobody", "m"));

    store().tasks().accept(aPush().requested("kit", "k").to(aRegistrationId()).build());
    store().tasks().accept(aPush().to("nobody", "m").to(aRegistrationId()).build());

    assertThat(tallies().sum(all(SHOP))).isEqualTo(new DeliveryCounts(1, 0, 0, 0, 0));
  }

  @Test
  void racers_areAllCounted() {
    var phones =
        Stream.generate(() -> store().registrations().add(aRegistration().build()))
            .limit(10)
            .toList();
    Task broadcast = accept(aPush().toEveryone(Everyone.all(Optional.empty()))).task();

    var unused =
        ConcurrentCalls.among(
            50,
            i -> {
              DeliveryId pushed = only(accept(aPush().to(aRegistrationId())));
              var taken = new DeliveryId(broadcast.id(), phones.get(i % 10).id());
              record(taken, new Claimed(NOW));
              record(pushed, new Claimed(NOW));
              return record(taken, new Arrived(NOW));
            });

    assertThat(tallies().sum(all(SHOP))).isEqualTo(new DeliveryCounts(60, 60, 10, 0, 0));
    assertThat(tallies().ofTasks(List.of(broadcast.id())))
        .isEqualTo(Map.of(broadcast.id(), new DeliveryCounts(10, 10, 10, 0, 0)));
  }
}
