// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.code;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.taskId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Java client sends the same request up to three times; other clients have one request id for
/// everything they send.
class IdempotencyWindowTest {
  private final VivoFixture fixture = new VivoFixture();
  private final Registration ada = fixture.phone("ada");

  @AfterEach
  void close() {
    fixture.close();
  }

  private String body(String content, String more) {
    return ("{'notifyType':1,'title':'t','content':'%s','skipType':1,'requestId':'same',"
            + "'regId':'%s'%s}")
        .formatted(content, ada.id(), more);
  }

  private TaskId task(String path, String body) {
    return taskId(fixture.post("/message/" + path, body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "saveListPayload", "all", "tagPush"})
  void sameCall_returnsTheFirstTask(String path) {
    String body = body("c", ",'tagExpression':{'andTags':[]}");
    TaskId first = task(path, body);

    fixture.clock.advance(Duration.ofSeconds(5));
    assertThat(task(path, body)).isEqualTo(first);
    fixture.clock.advance(Duration.ofSeconds(5));
    assertThat(task(path, body)).isEqualTo(first);

    assertThat(fixture.tasks(ada)).hasSize(path.equals("saveListPayload") ? 0 : 1);
  }

  @Test
  void sameId_withAnotherBody_orAtAnotherPath_isAnotherMessage() {
    TaskId first = task("send", body("c", ""));

    assertThat(task("send", body("d", ""))).isNotEqualTo(first);
    assertThat(task("all", body("c", ""))).isNotEqualTo(first);
    assertThat(task("saveListPayload", body("c", ""))).isNotEqualTo(first);
    assertThat(fixture.tasks(ada)).hasSize(3);
  }

  @Test
  void sameCall_isNewAfterTheWindow_whereverItBegan() {
    fixture.clock.advance(Duration.ofMinutes(7));
    TaskId first = task("send", body("c", ""));
    fixture.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(task("send", body("c", ""))).isEqualTo(first);

    fixture.clock.advance(Duration.ofMillis(1));
    TaskId second = task("send", body("c", ""));

    assertThat(second).isNotEqualTo(first);
    assertThat(task("send", body("c", ""))).isEqualTo(second);
  }

  @Test
  void sameCall_hasTheSameResponse_afterTheDeviceIsDeleted() {
    TaskId first = task("send", body("c", ""));
    fixture.engine.registrations().unregister(ada.id());

    assertThat(task("send", body("c", ""))).isEqualTo(first);
    assertThat(code(fixture.post("/message/send", body("d", "")))).isEqualTo(10302);
  }

  @Test
  void concurrentSameCalls_makeOneTask() {
    var tasks = ConcurrentCalls.among(50, _ -> task("send", body("c", "")));

    assertThat(new HashSet<>(tasks)).hasSize(1);
    assertThat(fixture.tasks(ada)).hasSize(1);
  }

  @Test
  void sameList_hasTheSameResponse_andIsCountedOnce() {
    TaskId task = task("saveListPayload", body("c", ""));
    String list =
        "{'requestId':'same','taskId':'%s','regIds':['%s','77']}".formatted(task, ada.id());
    String first = requireSuccess(fixture.post("/message/pushToList", list)).toString();
    fixture.phone("bob");

    assertThat(requireSuccess(fixture.post("/message/pushToList", list)).toString())
        .isEqualTo(first);

    assertThat(fixture.engine.tasks().view(VivoFixture.SHOP, task).orElseThrow().total())
        .isEqualTo(2);
    assertThat(fixture.tasks(ada)).hasSize(1);
  }
}
