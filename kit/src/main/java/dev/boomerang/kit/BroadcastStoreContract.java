// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static dev.boomerang.kit.Given.aPush;
import static dev.boomerang.kit.Given.aRegistration;
import static dev.boomerang.kit.Given.aTaskId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.Clicked;
import dev.boomerang.lifecycle.DeliveryEvent.Displayed;
import dev.boomerang.lifecycle.DeliveryEvent.RecallAsked;
import dev.boomerang.lifecycle.DeliveryEvent.RecallDone;
import dev.boomerang.lifecycle.DeliveryEvent.RecallMissed;
import dev.boomerang.lifecycle.DeliveryEvent.SweptAway;
import dev.boomerang.lifecycle.DeliveryEvent.Unwritten;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.lifecycle.Transition.Unknown;
import dev.boomerang.model.Audience.Everyone;
import dev.boomerang.model.Audience.Window;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Recall;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.BroadcastStore.Census;
import dev.boomerang.port.DeliveryStore.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Pushes to everyone. A store that numbers its registrations had better begin, for this, where its
/// numbers carry over into another chunk.
public abstract class BroadcastStoreContract extends StoreContract {
  private static final int MANY = 100;
  private static final Everyone ALL = Everyone.all(Optional.empty());
  private static final Optional<Window> EVER = Optional.of(Window.ANY_TIME);
  private static final Duration LIFETIME = Duration.ofDays(1);
  private static final Instant OVER = NOW.plus(LIFETIME);
  private static final Instant GIVEN_UP = NOW.plus(Recall.WINDOW);

  private BroadcastStore broadcasts() {
    return store().broadcasts();
  }

  private Registration add(RegistrationBuilder registration) {
    return store().registrations().add(registration.build());
  }

  private Registration aPhone() {
    return add(aRegistration());
  }

  private List<Registration> phones(int count) {
    return Stream.generate(this::aPhone).limit(count).toList();
  }

  private Task broadcast(Everyone rule) {
    return accept(aPush().living(LIFETIME).toEveryone(rule)).task();
  }

  private Task broadcast() {
    return broadcast(ALL);
  }

  private static DeliveryId of(Task task, Registration phone) {
    return new DeliveryId(task.id(), phone.id());
  }

  /// Hands it over for the first time, then lets these happen to it.
  private DeliveryId taken(Task task, Registration phone, DeliveryEvent... events) {
    DeliveryId id = of(task, phone);
    assertThat(record(id, new Claimed(NOW))).isInstanceOf(Moved.class);
    for (DeliveryEvent event : events) {
      assertThat(record(id, event)).isInstanceOf(Moved.class);
    }
    return id;
  }

  private List<Parcel> parcels(Registration phone, TaskId after, Instant now, int limit) {
    return broadcasts().waiting(phone.id(), phone.member(), after, now, limit);
  }

  private List<TaskId> waiting(Registration phone, Instant now) {
    return parcels(phone, TaskId.NONE, now, MANY).stream().map(it -> it.task().id()).toList();
  }

  private List<TaskId> waiting(Registration phone) {
    return waiting(phone, NOW);
  }

  private List<DeliveryId> recalling(Registration phone) {
    return broadcasts().recalling(phone.id(), phone.app(), TaskId.NONE, MANY);
  }

  private DeliveryState state(DeliveryId id) {
    return store().deliveries().find(id).orElseThrow().state();
  }

  private Phase phase(DeliveryId id) {
    return state(id).phase();
  }

  private List<Delivery> deliveries(Task task) {
    return store().deliveries().ofTask(task.id(), "", 10 * MANY);
  }

  private static boolean isPrevented(Delivery delivery) {
    return delivery.state() instanceof Recalled(var _, var how) && how == Recalled.How.PREVENTED;
  }

  /// Whatever way one counts, it is the same.
  private void assertCensus(Task task, Map<Phase, Integer> phases, int prevented) {
    assertThat(broadcasts().census(task.id())).isEqualTo(new Census(phases, prevented, 0));
    assertThat(store().deliveries().counts(task.id())).isEqualTo(phases);
    var listed = deliveries(task);
    var counted = new HashMap<Phase, Integer>();
    listed.forEach(delivery -> counted.merge(delivery.state().phase(), 1, Integer::sum));
    assertThat(counted).isEqualTo(phases);
    assertThat(listed).filteredOn(BroadcastStoreContract::isPrevented).hasSize(prevented);
    var among = listed.stream().map(delivery -> delivery.id().registration()).toList();
    assertThat(broadcasts().phases(task.id(), among))
        .hasSameSizeAs(listed)
        .allSatisfy(
            (phone, phase) -> assertThat(phase(new DeliveryId(task.id(), phone))).isEqualTo(phase));
  }

  static List<Everyone> rules() {
    var day = new Window(NOW.minus(Duration.ofDays(1)), NOW);
    return List.of(
        ALL,
        Everyone.all(Optional.of(Platform.IOS)),
        new Everyone(Optional.empty(), EVER, Optional.empty()),
        new Everyone(Optional.empty(), Optional.empty(), EVER),
        new Everyone(Optional.empty(), Optional.of(day), Optional.empty()),
        new Everyone(Optional.of(Platform.WEB), Optional.empty(), Optional.of(day)),
        new Everyone(Optional.empty(), Optional.of(day), Optional.of(Window.since(NOW))),
        new Everyone(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void broadcast_waitsForThoseWhomItsRuleCovers_andForNobodyElse(Everyone rule) {
    var phones = new ArrayList<Registration>();
    for (Platform platform : List.of(Platform.ANDROID, Platform.IOS, Platform.WEB)) {
      for (Duration ago :
          List.of(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1).plusMillis(1))) {
        Instant since = NOW.minus(ago);
        phones.add(add(aRegistration().on(platform).boundAt(since)));
        phones.add(add(aRegistration().on(platform).boundAt(since).ofUser("ada")));
      }
    }
    Task task = broadcast(rule);

    for (Registration phone : phones) {
      boolean covered = rule.covers(phone.member());
      assertThat(waiting(phone)).isEqualTo(covered ? List.of(task.id()) : List.of());
      assertThat(store().deliveries().find(of(task, phone)).isPresent()).isEqualTo(covered);
      assertThat(record(of(task, phone), new Claimed(NOW)))
          .isInstanceOf(covered ? Moved.class : Unknown.class);
    }
  }

  @Test
  void list_ofAFewAmongMany_isInOrder_andPaged() {
    var takers = new ArrayList<Registration>();
    for (int i = 0; i < 4; i++) {
      takers.add(aPhone());
      phones(90);
    }
    Task task = broadcast();
    takers.reversed().forEach(phone -> taken(task, phone));
    store().registrations().remove(takers.removeLast().id());
    List<RegistrationId> ids = takers.stream().map(Registration::id).sorted().toList();

    assertThat(deliveries(task)).extracting(each -> each.id().registration()).isEqualTo(ids);
    assertThat(store().deliveries().ofTask(task.id(), ids.getFirst().value(), 1))
        .extracting(Delivery::id)
        .containsExactly(new DeliveryId(task.id(), ids.get(1)));
    assertThat(store().deliveries().ofTask(task.id(), ids.getLast().value(), 9)).isEmpty();
  }

  @Test
  void broadcast_isOfItsAppOnly() {
    Registration stranger = add(aRegistration().of(BANK));
    Task task = broadcast();

    assertThat(waiting(stranger)).isEmpty();
    assertThat(store().deliveries().find(of(task, stranger))).isEmpty();
    assertThat(record(of(task, stranger), new Claimed(NOW))).isEqualTo(new Unknown());
    assertThat(broadcasts().census(task.id())).isEqualTo(new Census(Map.of(), 0, 0));
  }

  @Test
  void broadcast_waitsWithAllThatBelongsToIt() {
    Registration phone = add(aRegistration().on(Platform.HARMONY));
    Task task = broadcast();
    Delivery untaken =
        Delivery.begin(
            of(task, phone),
            SHOP,
            Platform.HARMONY,
            0,
            task.expiresAt(),
            new Queued(NOW, ChannelId.SELF, 0));

    assertThat(parcels(phone, TaskId.NONE, NOW, MANY))
        .containsExactly(new Parcel(untaken, task, task.content()));
    assertThat(store().deliveries().find(of(task, phone))).contains(untaken);
    assertThat(store().deliveries().mailbox(phone.id(), TaskId.NONE, NOW, MANY)).isEmpty();
  }

  @Test
  void waiting_isReadPageByPage_oldestFirst() {
    Registration phone = aPhone();
    var pushes = Stream.generate(() -> aPush().toEveryone(ALL).build()).limit(10).toList();
    pushes.reversed().forEach(push -> store().tasks().accept(push));
    accept(aPush().of(BANK).toEveryone(ALL));
    taken(pushes.get(3).task(), phone, new Arrived(NOW));
    taken(pushes.get(4).task(), phone);
    var expected = new ArrayList<>(pushes.stream().map(push -> push.task().id()).toList());
    expected.remove(3);

    var read = new ArrayList<TaskId>();
    TaskId after = TaskId.NONE;
    for (var page = parcels(phone, after, NOW, 4);
        !page.isEmpty();
        page = parcels(phone, after, NOW, 4)) {
      assertThat(page).hasSizeLessThanOrEqualTo(4);
      page.forEach(parcel -> read.add(parcel.task().id()));
      after = read.getLast();
    }

    assertThat(read).isEqualTo(expected);
    assertThat(waiting(phone)).isEqualTo(expected);
  }

  @Test
  void registrationMadeLater_takesItToo_untilItsEnd() {
    Task task = broadcast();
    Registration newcomer = aPhone();

    assertThat(waiting(newcomer, OVER.minusMillis(1))).containsExactly(task.id());
    assertThat(waiting(newcomer, OVER)).isEmpty();
    taken(task, newcomer, new Arrived(NOW));
    assertCensus(task, Map.of(Phase.DELIVERED, 1), 0);
  }

  @Test
  void rule_isAskedOfARegistrationAsItIsNow() {
    Registration phone = aPhone();
    Task strangers = broadcast(new Everyone(Optional.empty(), Optional.empty(), EVER));
    Task users = broadcast(new Everyone(Optional.empty(), EVER, Optional.empty()));
    assertThat(waiting(phone)).containsExactly(strangers.id());

    Registration bound =
        phone
            .changed(phone.device(), phone.profile().withUser(Optional.of("ada")), phone.reach())
            .boundAt(NOW.plusSeconds(1));
    assertThat(store().registrations().replace(bound)).isTrue();

    assertThat(waiting(bound)).containsExactly(users.id());
    assertThat(record(of(strangers, bound), new Claimed(NOW))).isEqualTo(new Unknown());
  }

  @Test
  void registrationThatIsGone_takesNothing_andWhatItTookIsOnlyCounted() {
    Registration phone = aPhone();
    Registration gone = aPhone();
    Task task = broadcast();
    taken(task, gone);
    taken(task, phone);
    store().registrations().remove(gone.id());
    Registration later = aPhone();

    assertThat(waiting(gone)).isEmpty();
    assertThat(store().deliveries().find(of(task, gone))).isEmpty();
    assertThat(record(of(task, gone), new Arrived(NOW))).isEqualTo(new Unknown());
    assertThat(deliveries(task)).extracting(Delivery::id).containsExactly(of(task, phone));
    assertThat(broadcasts().phases(task.id(), List.of(gone.id(), phone.id())))
        .isEqualTo(Map.of(phone.id(), Phase.SENDING));
    assertThat(waiting(later)).containsExactly(task.id());

    broadcasts().timeUp(task.id(), OVER);
    assertThat(broadcasts().census(task.id())).isEqualTo(new Census(Map.of(Phase.LAPSED, 2), 0, 0));
    assertThat(store().deliveries().counts(task.id())).isEqualTo(Map.of(Phase.LAPSED, 2));
  }

  @Test
  void handOver_thatWasNotWritten_comesAgain_andNeverAfterArrival() {
    Registration phone = aPhone();
    Task task = broadcast();
    DeliveryId id = of(task, phone);

    assertThat(record(id, new Claimed(NOW)))
        .isInstanceOfSatisfying(
            Moved.class,
            moved -> assertThat(moved.to()).isEqualTo(new Sending(NOW, ChannelId.SELF, 1, false)));
    assertThat(waiting(phone)).containsExactly(task.id());
    assertThat(record(id, new Unwritten(NOW, 2))).isInstanceOf(Stale.class);
    record(id, new Unwritten(NOW, 1));
    assertThat(phase(id)).isEqualTo(Phase.QUEUED);
    assertThat(waiting(phone)).containsExactly(task.id());
    record(id, new Claimed(NOW));
    assertThat(record(id, new Unwritten(NOW, 1))).isInstanceOf(Stale.class);
    assertThat(phase(id)).isEqualTo(Phase.SENDING);
    record(id, new Arrived(NOW));

    assertThat(waiting(phone)).isEmpty();
    assertThat(record(id, new Claimed(NOW))).isInstanceOf(Stale.class);
    assertCensus(task, Map.of(Phase.DELIVERED, 1), 0);
  }

  @Test
  void handOver_repeatedMoreOftenThanIsCounted_stillComesAgain() {
    Registration phone = aPhone();
    Task task = broadcast();
    for (int i = 0; i < 6; i++) {
      assertThat(record(of(task, phone), new Claimed(NOW))).isInstanceOf(Moved.class);
    }

    assertThat(record(of(task, phone), new Unwritten(NOW, 1))).isInstanceOf(Stale.class);
    assertThat(waiting(phone)).containsExactly(task.id());
    assertCensus(task, Map.of(Phase.SENDING, 1), 0);
  }

  @Test
  void acceptance_beginsTheDeliveriesOfThoseWhoAreConnected() {
    var phones = phones(3);
    Task task = accept(aPush().toEveryone(ALL, phones.get(0).id(), phones.get(1).id())).task();

    assertCensus(task, Map.of(Phase.SENDING, 2), 0);
    phones.forEach(phone -> assertThat(waiting(phone)).containsExactly(task.id()));
    record(of(task, phones.get(0)), new Arrived(NOW));
    record(of(task, phones.get(1)), new Unwritten(NOW, 1));

    assertThat(waiting(phones.get(0))).isEmpty();
    assertThat(waiting(phones.get(1))).containsExactly(task.id());
    assertCensus(task, Map.of(Phase.DELIVERED, 1, Phase.QUEUED, 1), 0);
  }

  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of(new Arrived(NOW), Phase.DELIVERED),
        Arguments.of(new Displayed(NOW), Phase.SHOWN),
        Arguments.of(new Clicked(NOW), Phase.OPENED),
        Arguments.of(new SweptAway(NOW), Phase.DISMISSED));
  }

  @ParameterizedTest
  @MethodSource("words")
  void word_ofADevice_isKeptForItAlone(DeliveryEvent word, Phase phase) {
    var phones = phones(3);
    Task task = broadcast();
    Task another = broadcast();
    taken(task, phones.get(0));
    taken(task, phones.get(1), word);
    taken(another, phones.get(1));

    assertThat(phase(of(task, phones.get(1)))).isEqualTo(phase);
    assertCensus(task, Map.of(Phase.SENDING, 1, phase, 1), 0);
    assertCensus(another, Map.of(Phase.SENDING, 1), 0);
    assertThat(waiting(phones.get(1))).containsExactly(another.id());
    assertThat(waiting(phones.get(2))).containsExactly(task.id(), another.id());
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(new RecallDone(NOW), Phase.RECALLED, 0),
        Arguments.of(new RecallMissed(NOW), Phase.TOO_LATE, 0),
        Arguments.of(new Clicked(NOW), Phase.OPENED, 0),
        Arguments.of(new SweptAway(NOW), Phase.DISMISSED, 0),
        Arguments.of(new Unwritten(NOW, 1), Phase.RECALLED, 1));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answer_toARecall_endsTheDelivery(DeliveryEvent answer, Phase phase, int prevented) {
    var phones = phones(2);
    Task task = broadcast();
    phones.forEach(phone -> taken(task, phone));
    broadcasts().recall(task.id(), NOW);
    DeliveryId id = of(task, phones.get(0));

    assertThat(record(id, answer)).isInstanceOf(Moved.class);

    assertThat(phase(id)).isEqualTo(phase);
    assertThat(recalling(phones.get(0))).isEmpty();
    assertThat(recalling(phones.get(1))).containsExactly(of(task, phones.get(1)));
    assertCensus(task, Map.of(Phase.RECALLING, 1, phase, 1), prevented);
    assertThat(record(id, new Clicked(NOW))).isInstanceOf(Stale.class);
    assertThat(phase(id)).isEqualTo(phase);
  }

  @Test
  void recall_asksBackWhatMayBeOut_andPreventsTheRest() {
    Registration away = aPhone();
    Registration back = aPhone();
    Registration out = aPhone();
    Registration shown = aPhone();
    Registration opened = aPhone();
    Task task = broadcast();
    taken(task, back, new Unwritten(NOW, 1));
    taken(task, out);
    taken(task, shown, new Displayed(NOW));
    taken(task, opened, new Clicked(NOW));

    broadcasts().recall(task.id(), NOW);

    for (Registration phone : List.of(away, back, out, shown, opened, aPhone())) {
      assertThat(waiting(phone)).isEmpty();
      assertThat(record(of(task, phone), new Claimed(NOW))).isInstanceOf(Stale.class);
    }
    assertThat(store().deliveries().find(of(task, away)))
        .hasValueSatisfying(delivery -> assertThat(isPrevented(delivery)).isTrue());
    assertThat(recalling(out)).containsExactly(of(task, out));
    assertThat(recalling(shown)).containsExactly(of(task, shown));
    assertThat(recalling(opened)).isEmpty();
    assertThat(store().deliveries().recalling(out.id(), TaskId.NONE, MANY)).isEmpty();
    assertCensus(task, Map.of(Phase.RECALLED, 1, Phase.RECALLING, 2, Phase.OPENED, 1), 1);
  }

  @Test
  void recall_again_changesNothing() {
    var phones = phones(2);
    Task task = broadcast();
    phones.forEach(phone -> taken(task, phone));
    broadcasts().recall(task.id(), NOW);
    record(of(task, phones.get(0)), new RecallDone(NOW));

    broadcasts().recall(task.id(), NOW.plusSeconds(60));

    assertCensus(task, Map.of(Phase.RECALLED, 1, Phase.RECALLING, 1), 0);
    broadcasts().timeUp(task.id(), GIVEN_UP);
    assertCensus(task, Map.of(Phase.RECALLED, 1, Phase.FAILED, 1), 0);
  }

  @Test
  void recall_leavesOthersAlone() {
    Registration phone = aPhone();
    Task recalled = broadcast();
    Task other = broadcast();
    taken(recalled, phone);
    taken(other, phone);

    broadcasts().recall(recalled.id(), NOW);

    assertThat(waiting(phone)).containsExactly(other.id());
    assertThat(recalling(phone)).containsExactly(of(recalled, phone));
    assertCensus(other, Map.of(Phase.SENDING, 1), 0);
  }

  @Test
  void recallOfOneDelivery_leavesItsBroadcastOpen() {
    var phones = phones(3);
    Task task = broadcast();
    taken(task, phones.get(0));

    record(of(task, phones.get(0)), new RecallAsked(NOW));
    record(of(task, phones.get(1)), new RecallAsked(NOW));

    assertThat(recalling(phones.get(0))).containsExactly(of(task, phones.get(0)));
    assertThat(recalling(phones.get(1))).isEmpty();
    assertThat(waiting(phones.get(0))).isEmpty();
    assertThat(waiting(phones.get(1))).isEmpty();
    assertThat(waiting(phones.get(2))).containsExactly(task.id());
    assertCensus(task, Map.of(Phase.RECALLING, 1, Phase.RECALLED, 1), 1);
  }

  @Test
  void held_isWhatIsThereUnopened_oldestFirst() {
    Registration phone = aPhone();
    var tasks = Stream.generate(this::broadcast).limit(4).toList();
    var ids = tasks.stream().map(task -> of(task, phone)).toList();
    tasks.forEach(task -> taken(task, phone));
    ids.forEach(id -> record(id, new Arrived(NOW)));
    broadcast();

    assertThat(held(phone, TaskId.NONE, MANY)).isEqualTo(ids);
    assertThat(held(phone, ids.get(0).task(), 2)).isEqualTo(ids.subList(1, 3));
    broadcasts().timeUp(tasks.get(0).id(), tasks.get(0).expiresAt());
    record(ids.get(1), new Clicked(NOW));
    broadcasts().recall(tasks.get(2).id(), NOW);

    assertThat(held(phone, TaskId.NONE, MANY)).containsExactly(ids.get(0), ids.get(3));
    assertThat(held(aPhone(), TaskId.NONE, MANY)).isEmpty();
  }

  private List<DeliveryId> held(Registration phone, TaskId after, int limit) {
    return broadcasts().held(phone.id(), phone.app(), after, limit);
  }

  @Test
  void recalling_isReadPageByPage_oldestFirst() {
    Registration phone = aPhone();
    var tasks = Stream.generate(this::broadcast).limit(5).toList();
    tasks.forEach(task -> taken(task, phone));
    tasks.reversed().forEach(task -> broadcasts().recall(task.id(), NOW));
    var ids = tasks.stream().map(task -> of(task, phone)).toList();

    assertThat(recalling(phone)).isEqualTo(ids);
    assertThat(broadcasts().recalling(phone.id(), SHOP, TaskId.NONE, 2))
        .isEqualTo(ids.subList(0, 2));
    assertThat(broadcasts().recalling(phone.id(), SHOP, ids.get(1).task(), 2))
        .isEqualTo(ids.subList(2, 4));
    assertThat(broadcasts().recalling(phone.id(), SHOP, ids.get(4).task(), 2)).isEmpty();
    assertThat(recalling(aPhone())).isEmpty();
  }

  @Test
  void due_listsTheLongestOverdueFirst_untilItsEndIsNoted() {
    Task late = accept(aPush().living(Duration.ofHours(3)).toEveryone(ALL)).task();
    Task early = accept(aPush().living(Duration.ofHours(1)).toEveryone(ALL)).task();
    Task middle = accept(aPush().living(Duration.ofHours(2)).toEveryone(ALL)).task();
    Instant end = NOW.plus(Duration.ofHours(3));

    assertThat(broadcasts().due(early.expiresAt().minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(early.expiresAt(), MANY)).containsExactly(early.id());
    assertThat(broadcasts().due(end, MANY)).containsExactly(early.id(), middle.id(), late.id());
    assertThat(broadcasts().due(end, 2)).containsExactly(early.id(), middle.id());

    broadcasts().timeUp(early.id(), end);

    assertThat(broadcasts().due(end, MANY)).containsExactly(middle.id(), late.id());
    assertThat(store().deliveries().due(end, MANY)).isEmpty();
  }

  @Test
  void endOfLifetime_endsWhatHasNotArrived() {
    Registration away = aPhone();
    Registration back = aPhone();
    Registration out = aPhone();
    Registration arrived = aPhone();
    Registration asked = aPhone();
    Task task = broadcast();
    taken(task, back, new Unwritten(NOW, 1));
    taken(task, out);
    taken(task, arrived, new Arrived(NOW));
    taken(task, asked, new RecallAsked(NOW));

    broadcasts().timeUp(task.id(), OVER);

    assertThat(phase(of(task, away))).isEqualTo(Phase.EXPIRED);
    assertThat(record(of(task, away), new Claimed(OVER))).isInstanceOf(Stale.class);
    assertThat(phase(of(task, back))).isEqualTo(Phase.EXPIRED);
    assertThat(phase(of(task, out))).isEqualTo(Phase.LAPSED);
    assertCensus(
        task, Map.of(Phase.EXPIRED, 1, Phase.LAPSED, 1, Phase.DELIVERED, 1, Phase.RECALLING, 1), 0);
    assertThat(record(of(task, out), new Unwritten(OVER, 1))).isInstanceOf(Moved.class);
    assertThat(phase(of(task, out))).isEqualTo(Phase.EXPIRED);
  }

  @Test
  void recall_afterTheEnd_stillAsksBackWhatMayBeOut() {
    Registration away = aPhone();
    Registration out = aPhone();
    Task task = broadcast();
    taken(task, out);
    broadcasts().timeUp(task.id(), OVER);

    broadcasts().recall(task.id(), OVER);

    assertThat(recalling(out)).containsExactly(of(task, out));
    assertThat(phase(of(task, away))).isEqualTo(Phase.RECALLED);
    assertThat(broadcasts().due(OVER.plus(Recall.WINDOW).minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(OVER.plus(Recall.WINDOW), MANY)).containsExactly(task.id());
  }

  @Test
  void recallThatNobodyAnswers_endsAfterItsWindow() {
    var phones = phones(2);
    Task task = broadcast();
    phones.forEach(phone -> taken(task, phone));
    broadcasts().recall(task.id(), NOW);
    broadcasts().timeUp(task.id(), OVER);
    record(of(task, phones.get(0)), new RecallDone(OVER));

    assertThat(broadcasts().due(GIVEN_UP.minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(GIVEN_UP, MANY)).containsExactly(task.id());
    broadcasts().timeUp(task.id(), GIVEN_UP);

    assertCensus(task, Map.of(Phase.RECALLED, 1, Phase.FAILED, 1), 0);
    assertThat(recalling(phones.get(1))).isEmpty();
    assertThat(broadcasts().due(GIVEN_UP, MANY)).isEmpty();
  }

  @Test
  void endOfOneRecallsWindow_leavesABroadcastThatLivesOnAsItIs() {
    var phones = phones(3);
    Task task = accept(aPush().living(Duration.ofDays(30)).toEveryone(ALL)).task();
    taken(task, phones.get(0), new RecallAsked(NOW));
    taken(task, phones.get(1));

    broadcasts().timeUp(task.id(), GIVEN_UP);

    assertCensus(task, Map.of(Phase.FAILED, 1, Phase.SENDING, 1), 0);
    assertThat(waiting(phones.get(1), GIVEN_UP)).containsExactly(task.id());
    assertThat(waiting(phones.get(2), GIVEN_UP)).containsExactly(task.id());
    assertThat(broadcasts().due(task.expiresAt().minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(task.expiresAt(), MANY)).containsExactly(task.id());
  }

  @Test
  void recallsWindow_isTheLastRecalls_andNotOfWordsInBetween() {
    var phones = phones(2);
    Task task = broadcast();
    taken(task, phones.get(0), new RecallAsked(NOW));
    taken(task, phones.get(1), new RecallAsked(NOW.plusSeconds(10)));
    record(of(task, phones.get(0)), new Arrived(NOW.plusSeconds(20)));
    broadcasts().timeUp(task.id(), OVER);
    Instant end = GIVEN_UP.plusSeconds(10);

    assertThat(broadcasts().due(end.minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(end, MANY)).containsExactly(task.id());
    broadcasts().timeUp(task.id(), end);

    assertCensus(task, Map.of(Phase.FAILED, 2), 0);
  }

  @Test
  void timeUp_beforeAnythingIsDue_changesNothing() {
    var phones = phones(3);
    Task task = broadcast();
    taken(task, phones.get(0));
    taken(task, phones.get(1), new RecallAsked(NOW));

    broadcasts().timeUp(task.id(), OVER.minusMillis(1));

    assertCensus(task, Map.of(Phase.SENDING, 1, Phase.RECALLING, 1), 0);
    assertThat(waiting(phones.get(2))).containsExactly(task.id());
    assertThat(broadcasts().due(OVER, MANY)).containsExactly(task.id());
  }

  @Test
  void fiftyRacersForOneDelivery_haveOneWhoTakesItFirst() {
    Registration phone = aPhone();
    Task task = broadcast();

    var moves = Race.among(50, _ -> record(of(task, phone), new Claimed(NOW)));

    assertThat(moves)
        .filteredOn(move -> move instanceof Moved(var from, var _) && from instanceof Queued)
        .hasSize(1);
    assertCensus(task, Map.of(Phase.SENDING, 1), 0);
  }

  @Test
  void racersToTakeAndToRecall_leaveNothingOutThatIsNotAskedBack() {
    var phones = phones(40);
    Task task = broadcast();

    var moves =
        Race.among(
            phones.size() + 1,
            i -> {
              if (i == phones.size() / 2) {
                broadcasts().recall(task.id(), NOW);
                return false;
              }
              DeliveryId id = of(task, phones.get(i < phones.size() ? i : phones.size() / 2));
              return record(id, new Claimed(NOW)) instanceof Moved;
            });

    int taken = (int) moves.stream().filter(moved -> moved).count();
    assertCensus(task, taken == 0 ? Map.of() : Map.of(Phase.RECALLING, taken), 0);
    phones.forEach(phone -> assertThat(waiting(phone)).isEmpty());
  }

  @Test
  void deliveriesOfABroadcast_areReadPageByPage_inOrderOfRegistration() {
    var phones = phones(7);
    Task task = broadcast();
    phones.reversed().subList(0, 5).forEach(phone -> taken(task, phone));
    var expected = phones.subList(2, 7).stream().map(phone -> of(task, phone)).toList();

    var read = new ArrayList<DeliveryId>();
    String after = "";
    for (var page = store().deliveries().ofTask(task.id(), after, 2);
        !page.isEmpty();
        page = store().deliveries().ofTask(task.id(), after, 2)) {
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      page.forEach(delivery -> read.add(delivery.id()));
      after = read.getLast().registration().value();
    }

    assertThat(read).isEqualTo(expected);
  }

  @Test
  void broadcast_cleared_isGoneForEveryone() {
    Registration out = aPhone();
    Registration away = aPhone();
    Task task = broadcast();
    taken(task, out);
    broadcasts().recall(task.id(), NOW);

    assertThat(store().tasks().clear(NOW.plusMillis(1), MANY)).isEqualTo(1);

    assertNone(task.id(), out);
    assertNone(task.id(), away);
  }

  @Test
  void broadcast_neverAccepted_isNone() {
    Registration phone = aPhone();
    TaskId none = aTaskId();

    broadcasts().recall(none, NOW);
    broadcasts().timeUp(none, OVER);

    assertNone(none, phone);
  }

  private void assertNone(TaskId task, Registration phone) {
    assertThat(waiting(phone)).isEmpty();
    assertThat(recalling(phone)).isEmpty();
    assertThat(broadcasts().due(GIVEN_UP, MANY)).isEmpty();
    assertThat(broadcasts().census(task)).isEqualTo(new Census(Map.of(), 0, 0));
    assertThat(broadcasts().phases(task, List.of(phone.id()))).isEmpty();
    assertThat(store().deliveries().find(new DeliveryId(task, phone.id()))).isEmpty();
    assertThat(record(new DeliveryId(task, phone.id()), new Claimed(NOW))).isEqualTo(new Unknown());
  }
}
