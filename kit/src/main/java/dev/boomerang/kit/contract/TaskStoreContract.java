// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRecall;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static dev.boomerang.kit.fixture.Fixtures.aTask;
import static dev.boomerang.kit.fixture.Fixtures.aTaskId;
import static dev.boomerang.model.push.Source.Kind.BROADCAST;
import static dev.boomerang.model.push.Source.Kind.MULTIPLE;
import static dev.boomerang.model.push.Source.Kind.SIMPLE;
import static dev.boomerang.model.push.Source.Kind.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.PushBuilder;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Source.Kind;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.TaskStore.AcceptResult;
import dev.boomerang.port.TaskStore.AcceptResult.Duplicate;
import dev.boomerang.port.TaskStore.AcceptResult.Stored;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

public abstract class TaskStoreContract extends StoreContract {

  private TaskStore tasks() {
    return store().tasks();
  }

  @Test
  void acceptance_stored_isFoundInAllItsParts() {
    var registration = aRegistrationId();
    Acceptance push =
        accept(aPush().to("ada", "m-1", registration).to("nobody", "m-1").requested("push", "k"));

    Task task = push.task();
    assertThat(tasks().find(task.id())).contains(task);
    assertThat(tasks().messages(task.id())).containsExactlyElementsOf(push.messages());
    assertThat(tasks().message(SHOP, "m-1", "nobody")).contains(push.messages().get(1));
    assertThat(store().deliveries().ofTask(task.id(), "", 10))
        .containsExactlyElementsOf(push.deliveries());
  }

  /// Each is judged by itself, after those before it, and answered in its place.
  @Test
  void manyAtOnce_areStoredOrTaken_eachInItsPlace() {
    var phone = aRegistrationId();
    Acceptance before = accept(aPush().to("ada", "m", phone).requested("push", "taken"));
    Acceptance first = aPush().to(phone).requested("push", "k").build();
    Acceptance known = aPush().to(phone).requested("push", "taken").build();
    Acceptance again = aPush().to(phone).requested("push", "k").build();
    Acceptance sameMessage = aPush().to("ada", "m", phone).build();
    Acceptance last = aPush().to(phone).build();

    List<AcceptResult> acceptResults =
        tasks().acceptAll(List.of(first, known, again, sameMessage, last));

    assertThat(acceptResults)
        .containsExactly(
            Stored.ALONE,
            new Duplicate(List.of(before.task()), 0),
            new Duplicate(List.of(first.task()), 0),
            new Duplicate(List.of(before.task()), 1),
            Stored.ALONE);
    assertThat(tasks().acceptAll(List.of())).isEmpty();
    assertThat(tasks().find(known.task().id())).isEmpty();
    assertThat(tasks().find(again.task().id())).isEmpty();
    assertThat(store().deliveries().mailbox(phone, TaskId.NONE, NOW, 10))
        .extracting(mailboxEntry -> mailboxEntry.task().id())
        .containsExactly(before.task().id(), first.task().id(), last.task().id());
  }

  @Test
  void task_neverAccepted_isNotFound() {
    assertThat(tasks().find(aTaskId())).isEmpty();
    assertThat(tasks().messages(aTaskId())).isEmpty();
    assertThat(tasks().message(SHOP, "m", "ada")).isEmpty();
  }

  static Stream<Content> contents() {
    var appearance =
        new Appearance(Style.BIG_TEXT, Map.of("default", "https://a/b.png"), Map.of("hms", "i"));
    var click = Optional.of(new Click(Action.INTENT, "app://order?id=1&x=\"2\""));
    return Stream.of(
        Notification.of("title", ""),
        new Notification(
            "标题 😀", "line\nline\u0001\\", appearance, click, true, Map.of("k", "", "", "v")),
        new DataMessage("", Map.of()),
        new DataMessage("{\"json\": [1, 2]}", Map.of("a", "b")));
  }

  static Stream<Source> sources() {
    return Arrays.stream(Source.Kind.values())
        .flatMap(
            kind ->
                Stream.of(
                    Source.of("kit", kind),
                    new Source("native", kind, Optional.of("欢迎 1")),
                    Source.of("kit", kind).with(new DialectDetail("plain")),
                    Source.of("native", kind)
                        .with(new DialectDetail("{\"a\":\"标题 \\\"😀\", 'b'\n\t\\}"))));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void source_ofEachKind_comesBackAsItWas(Source source) {
    Task task = accept(aPush().from(source).to(aRegistrationId())).task();

    assertThat(tasks().find(task.id())).map(Task::source).contains(source);
  }

  @ParameterizedTest
  @MethodSource("contents")
  void ownContent_ofATarget_comesBackWithItsMessage(Content content) {
    Acceptance push =
        accept(
            aPush().to(aRegistrationId()).saying(content, aRegistrationId()).requested("p", "k"));

    assertThat(tasks().messages(push.task().id()))
        .containsExactlyElementsOf(push.messages())
        .extracting(Message::content)
        .containsExactly(Optional.empty(), Optional.of(content));
  }

  @ParameterizedTest
  @MethodSource("contents")
  void content_ofEachKind_comesBackAsItWas(Content content) {
    Task task = aTask().saying(content).hinting(Map.of("oppo_channel_id", "7")).build();
    tasks()
        .accept(
            new Acceptance(
                task, Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty()));

    assertThat(tasks().find(task.id())).contains(task);
  }

  @Test
  void requested_findsTheTaskThatHoldsTheKey() {
    Task task = accept(aPush().requested("push", "k").to(aRegistrationId())).task();
    Task bank = accept(aPush().of(BANK).requested("push", "k")).task();
    accept(aPush());

    assertThat(tasks().findByRequestKey(SHOP, new RequestKey("push", "k"))).contains(task);
    assertThat(tasks().findByRequestKey(BANK, new RequestKey("push", "k"))).contains(bank);
    assertThat(tasks().findByRequestKey(SHOP, new RequestKey("other", "k"))).isEmpty();
    assertThat(tasks().findByRequestKey(SHOP, new RequestKey("push", "k2"))).isEmpty();
    tasks().purge(NOW.plusSeconds(1), 10);
    assertThat(tasks().findByRequestKey(SHOP, new RequestKey("push", "k"))).isEmpty();
  }

  @Test
  void list_hasTheAppsTasksOfTheKinds_theNewestFirst() {
    var listed = new ArrayList<Task>();
    for (Kind kind : List.of(MULTIPLE, BROADCAST, MULTIPLE, SIMPLE, BROADCAST, TEMPLATE)) {
      listed.add(accept(aPush().from(Source.of("kit", kind))).task());
      accept(aPush().of(BANK).from(Source.of("kit", kind)));
    }

    assertThat(list(EnumSet.allOf(Kind.class))).isEqualTo(listed.reversed());
    assertThat(list(EnumSet.of(MULTIPLE, BROADCAST)))
        .containsExactly(listed.get(4), listed.get(2), listed.get(1), listed.get(0));
    assertThat(list(EnumSet.of(MULTIPLE))).containsExactly(listed.get(2), listed.get(0));
    assertThat(list(EnumSet.of(SIMPLE))).containsExactly(listed.get(3));
    assertThat(list(Set.of())).isEmpty();
  }

  private List<Task> list(Set<Kind> kinds) {
    return tasks().list(new Filter(SHOP, kinds, NOW, at(1), Optional.empty()), 0, 100);
  }

  private static Instant at(int seconds) {
    return NOW.plusSeconds(seconds);
  }

  @Test
  void list_isOfWhatWasAcceptedInTheSpan() {
    var listed = new ArrayList<Task>();
    for (int i = 0; i < 4; i++) {
      PushBuilder push = aPush().from(Source.of("kit", MULTIPLE)).acceptedAt(at(i));
      listed.add(accept(push).task());
    }
    var span = new Filter(SHOP, Set.of(MULTIPLE), at(1), at(3), Optional.empty());

    assertThat(tasks().list(span, 0, 100)).containsExactly(listed.get(2), listed.get(1));
  }

  @Test
  void list_ofAName_hasThatNameOnly() {
    accept(aPush().from(Source.of("kit", MULTIPLE)));
    Task named = accept(aPush().from(Source.of("kit", MULTIPLE))).task();
    var filter = new Filter(SHOP, Set.of(MULTIPLE), NOW, at(1), Optional.of(named.name()));

    assertThat(tasks().list(filter, 0, 100)).containsExactly(named);
    assertThat(tasks().list(filter, 1, 100)).isEmpty();
  }

  @Test
  void list_isReadPageByPage() {
    for (int i = 0; i < 5; i++) {
      accept(aPush().from(Source.of("kit", i % 2 == 0 ? MULTIPLE : BROADCAST)));
    }
    var filter = new Filter(SHOP, Set.of(MULTIPLE, BROADCAST), NOW, at(1), Optional.empty());
    var all = tasks().list(filter, 0, 100);

    assertThat(tasks().list(filter, 0, 2)).isEqualTo(all.subList(0, 2));
    assertThat(tasks().list(filter, 2, 2)).isEqualTo(all.subList(2, 4));
    assertThat(tasks().list(filter, 4, 2)).isEqualTo(all.subList(4, 5));
  }

  @Test
  void acceptance_withATakenRequestKey_storesNothing() {
    Acceptance first = accept(aPush().requested("push", "k").to(aRegistrationId()));
    Acceptance second = aPush().requested("push", "k").to("ada", "m", aRegistrationId()).build();

    assertThat(tasks().accept(second)).isEqualTo(new Duplicate(List.of(first.task()), 0));
    assertNothingStored(second);
  }

  @Test
  void acceptance_withTakenMessages_storesNothingAndNamesTheHolders() {
    Acceptance one = accept(aPush().to("ada", "m-1", aRegistrationId()));
    Acceptance two = accept(aPush().to("bob", "m-2").to("eve", "m-3"));
    Acceptance late =
        aPush()
            .to("ada", "m-1", aRegistrationId())
            .to("new", "m-9", aRegistrationId())
            .to("bob", "m-2")
            .to("eve", "m-3")
            .build();

    AcceptResult acceptResult = tasks().accept(late);

    assertThat(acceptResult).isInstanceOf(Duplicate.class);
    assertThat(((Duplicate) acceptResult).messages()).isEqualTo(3);
    assertThat(((Duplicate) acceptResult).by()).containsExactlyInAnyOrder(one.task(), two.task());
    assertNothingStored(late);
    assertThat(tasks().message(SHOP, "m-9", "new")).isEmpty();
    assertThat(tasks().message(SHOP, "m-1", "ada")).contains(one.messages().getFirst());
  }

  @Test
  void occurrenceMessages_areThoseNamedAfterAMessageId_theNewestFirst() {
    String one = "0123456789abcdef0123456789abcdef";
    String two = "f".repeat(32);
    Acceptance first =
        accept(aPush().to("bob", "推\uD83E\uDD59-" + one).to("ada", "推\uD83E\uDD59-" + one));
    Acceptance second = accept(aPush().to("ada", "推\uD83E\uDD59-" + two));
    accept(aPush().of(BANK).to("ada", "推\uD83E\uDD59-" + one));
    accept(aPush().to("ada", "推\uD83E\uDD59"));
    accept(aPush().to("ada", "推\uD83E\uDD59-" + one + "0"));
    accept(aPush().to("ada", "推\uD83E\uDD59-x-" + one));
    accept(aPush().to("ada", "推-" + one));
    accept(aPush().to("ada", "m%-" + one));

    assertThat(tasks().occurrenceMessages(SHOP, "推\uD83E\uDD59", "ada"))
        .containsExactly(second.messages().getFirst(), first.messages().get(1));
    assertThat(tasks().occurrenceMessages(SHOP, "推\uD83E\uDD59", "eve")).isEmpty();
    assertThat(tasks().occurrenceMessages(SHOP, "m_", "ada")).isEmpty();
  }

  private void assertNothingStored(Acceptance acceptance) {
    assertThat(tasks().find(acceptance.task().id())).isEmpty();
    assertThat(tasks().messages(acceptance.task().id())).isEmpty();
    assertThat(store().deliveries().ofTask(acceptance.task().id(), "", 10)).isEmpty();
    for (Delivery delivery : acceptance.deliveries()) {
      var registration = delivery.id().registration();
      assertThat(store().deliveries().find(delivery.id())).isEmpty();
      assertThat(store().deliveries().mailbox(registration, TaskId.NONE, NOW, 10)).isEmpty();
    }
  }

  @Test
  void names_inAnotherAppOrScopeOrForAnotherTarget_areFree() {
    accept(aPush().requested("push", "k").to("ada", "m"));

    accept(aPush().of(BANK).requested("push", "k").to("ada", "m"));
    accept(aPush().requested("other", "k").to("bob", "m"));
    accept(aPush().requested("push", "k2").to("ada", "m2"));
    accept(aPush());

    assertThat(tasks().message(BANK, "m", "ada")).isPresent();
    assertThat(tasks().message(SHOP, "m", "bob")).isPresent();
  }

  @Test
  void fiftyRacersForOneRequestKey_haveOneWinnerKnownToAll() {
    var pushes =
        Stream.generate(() -> aPush().requested("push", "k").to(aRegistrationId()).build())
            .limit(50)
            .toList();

    assertOneWinner(pushes, 0);
  }

  @Test
  void fiftyRacersForOneMessageId_haveOneWinnerKnownToAll() {
    var pushes =
        Stream.generate(() -> aPush().to("ada", "m", aRegistrationId()).build()).limit(50).toList();

    assertOneWinner(pushes, 1);
  }

  private void assertOneWinner(List<Acceptance> pushes, int takenMessages) {
    var acceptResults = ConcurrentCalls.among(pushes.size(), i -> tasks().accept(pushes.get(i)));

    assertThat(acceptResults).filteredOn(Stored.class::isInstance).hasSize(1);
    Acceptance winner = pushes.get(acceptResults.indexOf(Stored.ALONE));
    assertThat(acceptResults)
        .filteredOn(Duplicate.class::isInstance)
        .hasSize(pushes.size() - 1)
        .allMatch(new Duplicate(List.of(winner.task()), takenMessages)::equals);
    assertThat(tasks().find(winner.task().id())).contains(winner.task());
    pushes.stream().filter(push -> !push.equals(winner)).forEach(this::assertNothingStored);
  }

  @Test
  void racersForCrossedNames_neverShareOneAndNeverHang() {
    var pushes =
        Stream.iterate(0, i -> i + 1)
            .limit(40)
            .map(
                i ->
                    i % 2 == 0
                        ? aPush().to("a", "m" + i / 4).to("b", "m" + i / 4).build()
                        : aPush().to("b", "m" + i / 4).to("a", "m" + i / 4).build())
            .toList();

    var acceptResults = ConcurrentCalls.among(pushes.size(), i -> tasks().accept(pushes.get(i)));

    assertThat(acceptResults).filteredOn(Stored.class::isInstance).hasSize(10);
    assertThat(acceptResults)
        .filteredOn(Duplicate.class::isInstance)
        .allMatch(acceptResult -> ((Duplicate) acceptResult).messages() == 2);
  }

  @Test
  void manyAcceptedAtOnce_areAllStored() {
    var pushes = Stream.generate(() -> aPush().to(aRegistrationId()).build()).limit(300).toList();

    var acceptResults = ConcurrentCalls.among(pushes.size(), i -> tasks().accept(pushes.get(i)));

    assertThat(acceptResults).containsOnly(Stored.ALONE);
    assertThat(pushes)
        .allMatch(push -> tasks().find(push.task().id()).equals(Optional.of(push.task())))
        .allMatch(push -> store().deliveries().find(only(push)).isPresent());
  }

  @Test
  void highestId_countsTasksAndRecalls() {
    assertThat(tasks().highestId()).isZero();

    Task task = accept(aPush()).task();
    assertThat(tasks().highestId()).isEqualTo(task.id().value());

    var recall = store().recalls().open(aRecall(task.id(), new Scope.WholeTask()));
    assertThat(tasks().highestId()).isEqualTo(recall.id().value());
  }

  @Test
  void highestId_outlivesWhatIsCleared() {
    Task task = accept(aPush()).task();
    var recall = store().recalls().open(aRecall(task.id(), new Scope.WholeTask()));

    tasks().purge(NOW.plusSeconds(1), 10);

    assertThat(tasks().highestId()).isEqualTo(recall.id().value());
  }

  @Test
  void clear_takesAllThatBelongsToATask() {
    var registration = aRegistrationId();
    Acceptance old = accept(aPush().requested("push", "k").to("ada", "m", registration));
    var recall = store().recalls().open(aRecall(old.task().id(), new Scope.WholeTask()));

    assertThat(tasks().purge(NOW.plusSeconds(1), 10)).isEqualTo(1);

    assertNothingStored(old);
    assertThat(tasks().message(SHOP, "m", "ada")).isEmpty();
    assertThat(store().recalls().find(recall.id())).isEmpty();
    assertThat(store().recalls().find(old.task().id(), new Scope.WholeTask())).isEmpty();
    assertThat(store().recalls().unswept()).isEmpty();
    assertThat(store().deliveries().counts(old.task().id())).isEmpty();
    assertThat(store().deliveries().due(NOW.plus(Duration.ofDays(99)), 10)).isEmpty();
    accept(aPush().requested("push", "k").to("ada", "m", registration));
  }

  @Test
  void clear_sparesWhatIsNotOlderThanTheLimit() {
    Acceptance old =
        accept(aPush().acceptedAt(NOW.minusMillis(1)).to("ada", "m1", aRegistrationId()));
    Acceptance kept = accept(aPush().acceptedAt(NOW).to("ada", "m2", aRegistrationId()));

    assertThat(tasks().purge(NOW, 10)).isEqualTo(1);

    assertNothingStored(old);
    assertThat(tasks().find(kept.task().id())).contains(kept.task());
    assertThat(tasks().messages(kept.task().id())).hasSize(1);
    assertThat(store().deliveries().find(only(kept))).isPresent();
  }

  @Test
  void clear_takesAtMostSoManyTasks() {
    for (int i = 0; i < 5; i++) {
      accept(aPush().to(aRegistrationId()));
    }

    assertThat(tasks().purge(NOW.plusSeconds(1), 3)).isEqualTo(3);
    assertThat(tasks().purge(NOW.plusSeconds(1), 3)).isEqualTo(2);
    assertThat(tasks().purge(NOW.plusSeconds(1), 3)).isZero();
  }

  @Test
  void messages_ofALargeTask_comeInOrderOfTheirNumbers() {
    var push = aPush();
    for (int i = 0; i < 120; i++) {
      push.to("user " + i, "m", aRegistrationId());
    }
    Acceptance large = accept(push);

    assertThat(tasks().messages(large.task().id()))
        .hasSize(120)
        .containsExactlyElementsOf(large.messages())
        .extracting(Message::number)
        .isSorted();
  }
}
