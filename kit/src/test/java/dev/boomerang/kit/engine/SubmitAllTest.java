// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.Submission;
import dev.boomerang.engine.Submissions.Entry;
import dev.boomerang.engine.Submissions.EntryResult;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Push;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Strategy;
import dev.boomerang.model.Task;
import dev.boomerang.port.Reviewer.Objection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many pushes that are handed in together.
class SubmitAllTest {
  private final House house =
      new House(
          (_, texts) ->
              texts.contains("casino")
                  ? Optional.of(new Objection("casino", 0, 0, 6))
                  : Optional.empty());

  @AfterEach
  void close() {
    house.close();
  }

  private List<EntryResult> submit(List<Entry> entries) {
    return house.engine.submissions().submitAll(entries);
  }

  private static Entry to(String user) {
    return new Entry(House.toUser(user), false);
  }

  private static Push requested(Push push, String key) {
    return push.with(push.options().requestKey(Optional.of(new RequestKey("test", key))));
  }

  private static Task task(EntryResult result) {
    return ((Submission.Accepted) result.submission()).task();
  }

  /// More than are written at once, so that the order holds over several writes.
  @Test
  void all_reachTheirDeviceInTheOrderOfTheBatch() {
    Registration ada = house.phone(SHOP, "ada");
    house.phone(SHOP, "bob");
    House.Session session = house.connect(ada);
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < 1_200; i++) {
      entries.add(to(i % 2 == 0 ? "ada" : "bob"));
    }

    List<EntryResult> results = submit(entries);

    assertThat(results).hasSize(1_200);
    List<Task> tasks = results.stream().map(SubmitAllTest::task).toList();
    assertThat(tasks).isSortedAccordingTo((one, two) -> one.id().compareTo(two.id()));
    assertThat(session.offered)
        .extracting(handover -> handover.task().id())
        .containsExactlyElementsOf(
            tasks.stream().filter(each -> tasks.indexOf(each) % 2 == 0).map(Task::id).toList());
    assertThat(results.getFirst().deliveries())
        .extracting(Delivery::id)
        .containsExactlyElementsOf(
            house.engine.tasks().deliveries(SHOP, tasks.getFirst().id(), "", 10).stream()
                .map(Delivery::id)
                .toList());
  }

  @Test
  void refusedOnes_keepNoOtherBack() {
    Registration ada = house.phone(SHOP, "ada");
    Push good = House.toUser("ada");
    var objected =
        new Push(
            SHOP,
            "",
            good.audience(),
            dev.boomerang.model.Content.Notification.of("t", "casino"),
            good.options());
    var nobody =
        new Push(
            SHOP,
            "",
            new Audience.Named(Audience.By.USER, List.of(), Optional.empty()),
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

    assertThat(results.get(0).submission()).isInstanceOf(Submission.RejectedByReview.class);
    assertThat(task(results.get(1)).reached()).isEqualTo(new Task.Reached(1, 0));
    assertThat(results.get(2).submission()).isInstanceOf(Submission.NoTarget.class);
    assertThat(task(results.get(4)).reached()).isEqualTo(new Task.Reached(0, 0));
    assertThat(task(results.get(5)).reached()).isEqualTo(new Task.Reached(0, 1));
    assertThat(
            house
                .engine
                .devices()
                .mailbox(ada.id(), dev.boomerang.model.TaskId.NONE, 9)
                .handovers())
        .hasSize(1);
  }

  /// Within one batch and over several, also where the first answer was another call's.
  @Test
  void sameKeyAgain_isRepeated() {
    house.phone(SHOP, "ada");
    Push first = requested(House.toUser("ada"), "k");
    Task before = house.accepted(requested(House.toUser("ada"), "before"));

    List<EntryResult> results =
        submit(
            List.of(
                new Entry(first, false),
                new Entry(first, false),
                new Entry(requested(House.toUser("ada"), "before"), false),
                new Entry(
                    requested(
                        first.with(
                            Push.Options.of("test", House.LIFETIME.plus(Duration.ofHours(1)))),
                        "k"),
                    false)));

    Task task = task(results.getFirst());
    assertThat(results.get(1).submission()).isEqualTo(new Submission.Repeated(task));
    assertThat(results.get(2).submission()).isEqualTo(new Submission.Repeated(before));
    assertThat(results.get(3).submission()).isEqualTo(new Submission.IdTaken(task));
    assertThat(results.get(1).deliveries()).isEmpty();
    assertThat(submit(List.of(new Entry(first, false))).getFirst().submission())
        .isEqualTo(new Submission.Repeated(task));
  }

  @Test
  void openOne_takesTargetsLater() {
    house.phone(SHOP, "ada");
    Push nobody = House.toUser("whoever");

    Task open = task(submit(List.of(new Entry(nobody, true))).getFirst());

    assertThat(
            house
                .engine
                .submissions()
                .add(SHOP, open.id(), (Audience.Named) House.toUser("ada").audience()))
        .isInstanceOf(dev.boomerang.engine.Growth.Added.class);
  }
}
