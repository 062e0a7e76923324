// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.accept.AddTargetsResult;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.accept.SubmitResult.RejectedByReview;
import dev.boomerang.engine.accept.WordListReviewer;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.schedule.Trigger;
import dev.boomerang.port.ContentReviewer.Objection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests that a push the reviewer objects to goes to nobody.
class ReviewTest {
  private final PushFixture engineFixture =
      new PushFixture(new WordListReviewer(List.of("casino")));

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private static Push saying(Content content) {
    Push push = PushFixture.toUser("ada");
    return new Push(push.app(), push.name(), push.audience(), content, push.options());
  }

  private static Content notice(String body) {
    return Content.Notification.of("title", body);
  }

  private SubmitResult submit(Push push) {
    return engineFixture.engine.submissions().submit(push);
  }

  @Test
  void push_thatIsRejected_isNotStored() {
    Registration ada = engineFixture.register(SHOP, "ada");
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
    assertThat(submit(saying(notice("cash in order")))).isInstanceOf(SubmitResult.Accepted.class);

    assertThat(engineFixture.engine.devices().mailbox(ada.id(), TaskId.NONE, 10).attempts())
        .hasSize(1);
  }

  @Test
  void contentOfOneTarget_isReviewedToo() {
    engineFixture.register(SHOP, "ada");
    var target = new Target("ada", Optional.empty(), Optional.of(notice("casino")));
    var audience =
        new Audience.Targeted(Audience.TargetKind.USER, List.of(target), Optional.empty());
    Push push = PushFixture.toUser("nobody");
    Task open = ((SubmitResult.Accepted) engineFixture.engine.submissions().open(push)).task();

    assertThat(submit(new Push(SHOP, "", audience, push.content(), push.options())))
        .isInstanceOf(RejectedByReview.class);
    assertThat(engineFixture.engine.submissions().add(SHOP, open.id(), audience))
        .isInstanceOfSatisfying(
            AddTargetsResult.Refused.class,
            refused -> assertThat(refused.why()).isInstanceOf(RejectedByReview.class));
  }

  @Test
  void openTaskAndSchedule_areReviewedAtOnce() {
    Push push = saying(notice("casino"));

    assertThat(engineFixture.engine.submissions().open(push)).isInstanceOf(RejectedByReview.class);
    var later = new Trigger.Once(engineFixture.clock.instant().plusSeconds(60));
    assertThat(engineFixture.engine.schedules().schedule(push, later))
        .isInstanceOf(ScheduleResult.Refused.class);
  }

  @Test
  void withheld_isATaskThatReachesNobody_andHoldsItsRequestKey() {
    Registration ada = engineFixture.register(SHOP, "ada");
    Push push = saying(notice("casino"));
    Push keyed = push.with(push.options().requestKey(Optional.of(new RequestKey("test", "once"))));

    Task task = ((SubmitResult.Accepted) engineFixture.engine.submissions().withhold(keyed)).task();

    assertThat(engineFixture.engine.submissions().withhold(keyed))
        .isEqualTo(new SubmitResult.Repeated(task));
    assertThat(engineFixture.engine.tasks().view(SHOP, task.id()).orElseThrow().total()).isZero();
    assertThat(
            engineFixture
                .engine
                .submissions()
                .add(SHOP, task.id(), (Audience.Targeted) PushFixture.toUser("ada").audience()))
        .isInstanceOf(AddTargetsResult.Closed.class);
    assertThat(engineFixture.engine.devices().mailbox(ada.id(), TaskId.NONE, 10).attempts())
        .isEmpty();
  }
}
