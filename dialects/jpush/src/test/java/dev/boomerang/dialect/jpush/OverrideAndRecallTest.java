// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Source: JPush "消息覆盖与撤回".
class OverrideAndRecallTest {
  private static final String PUSH =
      "{'platform':'all','audience':{'alias':['ada']},'notification':{'alert':'hi'},"
          + "'options':{%s}}";

  private final JpushFixture jpushFixture = new JpushFixture();
  private final Registration ada = jpushFixture.android("ada");

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private TaskId push(String options) {
    return jpushFixture.pushed(PUSH.formatted(options));
  }

  private Reply recall(String id) {
    return jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/push/" + id, "");
  }

  private Map<DeliveryStatus, Integer> counts(TaskId task) {
    return jpushFixture.engine.tasks().view(Fixtures.SHOP, task).orElseThrow().counts();
  }

  @Test
  void override_inTheMailbox_theOldOneIsNeverDelivered() {
    TaskId old = push("");
    TaskId second = push("'override_msg_id':" + old);
    TaskId third = push("'override_msg_id':'" + second + "'");

    assertThat(jpushFixture.tasks(ada)).containsExactly(third);
    assertThat(counts(old)).isEqualTo(Map.of(DeliveryStatus.OVERRIDDEN, 1));
    assertThat(jpushFixture.mailbox(ada).getFirst().collapseKey()).contains(CollapseKey.of(old));
  }

  @Test
  void override_ofNothing_is1003_andNothingIsSent() {
    Reply reply = jpushFixture.push(PUSH.formatted("'override_msg_id':12345"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(1003);
    assertThat(JpushFixture.message(reply)).contains("12345");
    assertThat(jpushFixture.mailbox(ada)).isEmpty();
  }

  @Test
  void override_0_isNone_andAfterADayItIs1003() {
    TaskId old = push("'override_msg_id':0");
    jpushFixture.clock.advance(Duration.ofDays(1).plusMillis(1));

    Reply reply = jpushFixture.push(PUSH.formatted("'override_msg_id':" + old));

    assertThat(JpushFixture.code(reply)).isEqualTo(1003);
  }

  @Test
  void override_isForAndroidAndHarmony_collapseForIos() {
    Registration apple = jpushFixture.phone(Platform.IOS, Optional.of("ada"));
    TaskId first = push("'apns_collapse_id':'score'");
    TaskId second = push("'apns_collapse_id':'score','override_msg_id':" + first);
    TaskId third = push("'override_msg_id':" + first);

    assertThat(jpushFixture.tasks(ada)).containsExactly(third);
    assertThat(jpushFixture.tasks(apple)).containsExactly(second, third);
  }

  @Test
  void recall_answersAsTheDocumentSays_alsoAgain() {
    TaskId task = push("");

    Reply reply = recall(task.toString());
    Reply again = recall(task.toString());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().text()).isEqualTo("{}");
    assertThat(reply.headers().get("Content-Type").orElseThrow()).startsWith("application/json");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().text()).isEqualTo("{}");
    assertThat(jpushFixture.mailbox(ada)).isEmpty();
    assertThat(counts(task)).isEqualTo(Map.of(DeliveryStatus.RECALLED, 1));
  }

  @Test
  void recall_ofUnknownForeignOrOld_is1003() {
    TaskId task = push("");
    Reply unknown = recall("77");
    Reply strange = recall("x");
    Reply foreign = jpushFixture.as(JpushFixture.BANK_KEY, "DELETE", "/v3/push/" + task, "");
    jpushFixture.clock.advance(Duration.ofDays(1).plusMillis(1));
    Reply old = recall(task.toString());

    for (Reply reply : List.of(unknown, strange, foreign, old)) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body().text())
          .isEqualTo("{\"error\":{\"code\":1003,\"message\":\"msgid doesn't exist\"}}");
    }
  }
}
