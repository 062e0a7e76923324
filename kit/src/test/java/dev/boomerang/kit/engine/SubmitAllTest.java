// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.accept.Submissions.Entry;
import dev.boomerang.engine.accept.Submissions.EntryResult;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.ContentReviewer.Objection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many pushes that are handed in together.
class SubmitAllTest {
  private final PushFixture engineFixture =
      new PushFixture(
          (_, texts) ->
              texts.contains("casino")
                  ? Optional.of(new Objection("casino", 0, 0, 6))
                  : Optional.empty());

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private List<EntryResult> submit(List<Entry> entries) {
    return engineFixture.engine.submissions().submitAll(entries);
  }

  private static Entry to(String user) {
    return new Entry(PushFixture.toUser(user), false);
  }

  private static Push requested(Push push, String key) {
    return push.with(push.options().requestKey(Optional.of(new RequestKey("test", key))));
  }

  private static Task task(EntryResult result) {
    return ((SubmitResult.Accepted) result.submitResult()).task();
  }

  /// More than are written at once, so that the order holds over several writes.
  @Test
  void all_reachTheirDeviceInTheOrderOfTheBatch() {
    Registration ada = engineFixture.register(SHOP, "ada");
    engineFixture.register(SHOP, "bob");
    TestDevice session = engineFixture.connect(ada);
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < 1_200; i++) {
      entries.add(to(i % 2 == 0 ? "ada" : "bob"));
    }

    List<EntryResult> results = submit(entries);

    assertThat(results).hasSize(1_200);
    List<Task> tasks = results.stream().map(SubmitAllTest::task).toList();
    assertThat(tasks).isSortedAccordingTo((one, two) -> one.id().compareTo(two.id()));
    assertThat(session.received())
        .extracting(deliveryAttempt -> deliveryAttempt.task().id())
        .containsExactlyElementsOf(
            tasks.stream().filter(each -> tasks.indexOf(each) % 2 == 0).map(Task::id).toList());
    assertThat(results.getFirst().deliveries())
        .extracting(Delivery::id)
        .containsExactlyElementsOf(
            engineFixture.engine.tasks().deliveries(SHOP, tasks.getFirst().id(), "", 10).stream()
                .map(Delivery::id)
                .toList());
  }

  @Test
  void refusedOnes_keepNoOtherBack() {
    Registration ada = engineFixture.register(SHOP, "ada");
    Push good = PushFixture.toUser("ada");
    var objected =
        new Push(
            SHOP,
            "",
            good.audience(),
            dev.boomerang.model.push.Content.Notification.of("t", "casino"),
            good.options());
    var nobody =
        new Push(
            SHOP,
            "",
            new Audience.Targeted(Audience.TargetKind.USER, List.of(), Optional.empty()),
            good.content(),
            good.options());
    Push byVendor = good.with(good.options().strategy(Strategy.VENDOR_ONLY));

    List<EntryResult> results =
        submit(
            List.of(
                new Entry(objected, false),
                new Entry(good, false),
                new Entry(nobody, false),
                new Entry(byVendor, false),
                new Entry(nobody, true),
                to("stranger")));

    assertThat(results.get(0).submitResult()).isInstanceOf(SubmitResult.RejectedByReview.class);
    assertThat(task(results.get(1)).counts()).isEqualTo(new Task.TargetCounts(1, 0));
    assertThat(results.get(2).submitResult()).isInstanceOf(SubmitResult.NoTarget.class);
    assertThat(task(results.get(4)).counts()).isEqualTo(new Task.TargetCounts(0, 0));
    assertThat(task(results.get(5)).counts()).isEqualTo(new Task.TargetCounts(0, 1));
    assertThat(
            engineFixture
                .engine
                .devices()
                .mailbox(ada.id(), dev.boomerang.model.push.TaskId.NONE, 9)
                .attempts())
        .hasSize(1);
  }

  /// Within one batch and over several, also where the first answer was another call's.
  @Test
  void sameKeyAgain_isRepeated() {
    engineFixture.register(SHOP, "ada");
    Push first = requested(PushFixture.toUser("ada"), "k");
    Task before = engineFixture.accept(requested(PushFixture.toUser("ada"), "before"));

    List<EntryResult> results =
        submit(
            List.of(
                new Entry(first, false),
                new Entry(first, false),
                new Entry(requested(PushFixture.toUser("ada"), "before"), false),
                new Entry(
                    requested(
                        first.with(
                            Push.Options.of(
                                "test", PushFixture.LIFETIME.plus(Duration.ofHours(1)))),
                        "k"),
                    false)));

    Task task = task(results.getFirst());
    assertThat(results.get(1).submitResult()).isEqualTo(new SubmitResult.Repeated(task));
    assertThat(results.get(2).submitResult()).isEqualTo(new SubmitResult.Repeated(before));
    assertThat(results.get(3).submitResult()).isEqualTo(new SubmitResult.IdTaken(task));
    assertThat(results.get(1).deliveries()).isEmpty();
    assertThat(submit(List.of(new Entry(first, false))).getFirst().submitResult())
        .isEqualTo(new SubmitResult.Repeated(task));
  }

  @Test
  void openOne_takesTargetsLater() {
    engineFixture.register(SHOP, "ada");
    Push nobody = PushFixture.toUser("whoever");

    Task open = task(submit(List.of(new Entry(nobody, true))).getFirst());

    assertThat(
            engineFixture
                .engine
                .submissions()
                .add(SHOP, open.id(), (Audience.Targeted) PushFixture.toUser("ada").audience()))
        .isInstanceOf(dev.boomerang.engine.accept.AddTargetsResult.Added.class);
  }
}
