// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.Growth;
import dev.boomerang.engine.Schedules.Scheduling;
import dev.boomerang.engine.Submission;
import dev.boomerang.engine.Submission.RejectedByReview;
import dev.boomerang.engine.WordList;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.Plan;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Push;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Reviewer.Objection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a reviewer objects to goes to nobody.
class ReviewTest {
  private final House house = new House(new WordList(List.of("casino")));

  @AfterEach
  void close() {
    house.close();
  }

  private static Push saying(Content content) {
    Push push = House.toUser("ada");
    return new Push(push.app(), push.name(), push.audience(), content, push.options());
  }

  private static Content notice(String body) {
    return Content.Notification.of("title", body);
  }

  private Submission submit(Push push) {
    return house.engine.submissions().submit(push);
  }

  @Test
  void push_thatIsRejected_isNotStored() {
    Registration ada = house.phone(SHOP, "ada");
    String reason = "contains the sensitive word \"casino\"";

    assertThat(submit(saying(notice("our CASINO"))))
        .isEqualTo(new RejectedByReview(new Objection(reason, 1, 4, 10)));
    assertThat(submit(saying(new Content.DataMessage("ｃａｓｉｎｏ", Map.of()))))
        .isEqualTo(new RejectedByReview(new Objection(reason, 0, 0, 6)));
    assertThat(
            submit(
                saying(
                    new Content.PerPlatform(
                        notice("good"), Map.of(Platform.IOS, notice("a casino"))))))
        .isInstanceOf(RejectedByReview.class);
    assertThat(submit(saying(notice("cash in order")))).isInstanceOf(Submission.Accepted.class);

    assertThat(house.engine.devices().mailbox(ada.id(), TaskId.NONE, 10).handovers()).hasSize(1);
  }

  @Test
  void contentOfOneTarget_isReviewedToo() {
    house.phone(SHOP, "ada");
    var target = new Target("ada", Optional.empty(), Optional.of(notice("casino")));
    var audience = new Audience.Named(Audience.By.USER, List.of(target), Optional.empty());
    Push push = House.toUser("nobody");
    Task open = ((Submission.Accepted) house.engine.submissions().open(push)).task();

    assertThat(submit(new Push(SHOP, "", audience, push.content(), push.options())))
        .isInstanceOf(RejectedByReview.class);
    assertThat(house.engine.submissions().add(SHOP, open.id(), audience))
        .isInstanceOfSatisfying(
            Growth.Refused.class,
            refused -> assertThat(refused.why()).isInstanceOf(RejectedByReview.class));
  }

  @Test
  void openTaskAndSchedule_areReviewedAtOnce() {
    Push push = saying(notice("casino"));

    assertThat(house.engine.submissions().open(push)).isInstanceOf(RejectedByReview.class);
    var later = new Plan.Once(house.clock.instant().plusSeconds(60));
    assertThat(house.engine.schedules().schedule(push, later))
        .isInstanceOf(Scheduling.Refused.class);
  }

  @Test
  void withheld_isATaskThatReachesNobody_andHoldsItsRequestKey() {
    Registration ada = house.phone(SHOP, "ada");
    Push push = saying(notice("casino"));
    Push keyed = push.with(push.options().requestKey(Optional.of(new RequestKey("test", "once"))));

    Task task = ((Submission.Accepted) house.engine.submissions().withhold(keyed)).task();

    assertThat(house.engine.submissions().withhold(keyed)).isEqualTo(new Submission.Repeated(task));
    assertThat(house.engine.tasks().view(SHOP, task.id()).orElseThrow().total()).isZero();
    assertThat(
            house
                .engine
                .submissions()
                .add(SHOP, task.id(), (Audience.Named) House.toUser("ada").audience()))
        .isInstanceOf(Growth.Closed.class);
    assertThat(house.engine.devices().mailbox(ada.id(), TaskId.NONE, 10).handovers()).isEmpty();
  }
}
