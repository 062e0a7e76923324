// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.Store;
import dev.boomerang.port.TaskStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests many pushes in one request.
class BatchTest {
  private static final String BATCH = "pushMessageToSingleBatchAction";

  private final WireFixture wire = new WireFixture();
  private final Registration ada = wire.fixture.android("ada");
  private final Registration bob = wire.fixture.android("bob");

  @AfterEach
  void close() {
    wire.close();
  }

  private static String item(String target, String more) {
    return "{" + WireFixture.APP + target + "," + WireFixture.text("hello") + more + "}";
  }

  private static String toCid(Registration phone) {
    return item("'clientId':'" + phone.id() + "'", "");
  }

  private JsonNode push(String request, String singleDatas) {
    return wire.call(
        BATCH,
        "'requestId':'%s','serialize':'pb','async':false,'singleDatas':'%s'"
            .formatted(request, singleDatas));
  }

  /// Numbers items from 1, as Java and PHP do, and from 0, as the others do.
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void items_areAnsweredUnderTheirOwnNumber(int first) {
    JsonNode answer = push("r", WireMessages.batch(first, toCid(ada), item("'alias':'bob'", "")));

    assertThat(answer.path("result").asText()).isEqualTo("ok");
    JsonNode one = answer.path("info").path(Integer.toString(first));
    JsonNode two = answer.path("info").path(Integer.toString(first + 1));
    assertThat(answer.path("info")).hasSize(2);
    assertThat(one.path("result").asText()).isEqualTo("ok");
    assertThat(one.path("cid").asText()).isEqualTo(ada.id().value());
    assertThat(one.path("status").asText()).isEqualTo("successed_offline");
    assertThat(one.path("taskId").asText()).startsWith("OSS-");
    assertThat(two.path("alias").asText()).isEqualTo("bob");
    assertThat(wire.fixture.tasks(ada)).hasSize(1);
    assertThat(wire.fixture.tasks(bob)).hasSize(1);
  }

  @Test
  void repeatedBatch_getsTheFirstAnswer_andDeliversNothing() {
    String items = WireMessages.batch(1, toCid(ada), toCid(bob), toCid(ada));
    JsonNode first = push("r", items);

    JsonNode again = push("r", items);

    assertThat(again).isEqualTo(first);
    assertThat(wire.fixture.tasks(ada)).hasSize(2);
    assertThat(wire.fixture.tasks(bob)).hasSize(1);
    assertThat(push("other", items)).isNotEqualTo(first);
  }

  /// Repeats an item's own id in another batch and in a single push.
  @Test
  void repeatedItem_getsTheFirstAnswer() {
    String one = item("'clientId':'" + ada.id() + "'", ",'requestId':'own'");

    JsonNode first = push("r1", WireMessages.batch(1, one)).path("info").path("1");
    JsonNode again = push("r2", WireMessages.batch(4, one)).path("info").path("4");
    String single =
        WireFixture.APP
            + "'clientId':'"
            + ada.id()
            + "','requestId':'own',"
            + WireFixture.text("hello");

    assertThat(again).isEqualTo(first);
    assertThat(wire.call("pushMessageToSingleAction", single).path("taskId"))
        .isEqualTo(first.path("taskId"));
    assertThat(wire.fixture.tasks(ada)).hasSize(1);
  }

  @Test
  void invalidItem_affectsNoOther() {
    JsonNode info =
        push(
                "r",
                WireMessages.batch(
                    1,
                    "no JSON",
                    item("'clientId':'x'", ""),
                    item("'clientId':'00000000000000000000000'", ""),
                    item("'alias':'nobody'", ""),
                    "{" + WireFixture.APP + "'clientId':'" + ada.id() + "'}",
                    item("'clientId':'" + ada.id() + "','appId':'shop'", ""),
                    toCid(ada)))
            .path("info");

    assertThat(info.findValuesAsText("result"))
        .containsExactly(
            "Error",
            "TokenMD5Error",
            "TokenMD5NoUsers",
            "AliasNotBind",
            "clientData is not null",
            "AppidError",
            "ok");
    assertThat(wire.fixture.tasks(ada)).hasSize(1);
  }

  /// Sends as many items as a batch may have: one group of writes after the other, each item under
  /// its number.
  @Test
  void largestBatch_isAnsweredItemByItem() {
    String[] items = new String[5_000];
    for (int i = 0; i < items.length; i++) {
      items[i] = i % 1_000 == 999 ? item("'clientId':'x'", "") : toCid(i % 2 == 0 ? ada : bob);
    }

    JsonNode info = push("r", WireMessages.batch(0, items)).path("info");

    assertThat(info).hasSize(5_000);
    var names = new HashSet<String>();
    for (int i = 0; i < items.length; i++) {
      JsonNode its = info.path(Integer.toString(i));
      boolean bad = i % 1_000 == 999;
      assertThat(its.path("result").asText()).isEqualTo(bad ? "TokenMD5Error" : "ok");
      assertThat(bad || names.add(its.path("taskId").asText())).isTrue();
      assertThat(bad || its.path("cid").asText().equals((i % 2 == 0 ? ada : bob).id().value()))
          .isTrue();
    }
    assertThat(push("r", WireMessages.batch(0, items)).path("info")).isEqualTo(info);
  }

  @Test
  void largestBatch_takesFewWrites() {
    var accepts = new AtomicInteger();
    try (var counted = new WireFixture(counting(new MemoryStore(), accepts))) {
      Registration eve = counted.fixture.android("eve");
      String[] items = new String[5_000];
      Arrays.fill(items, toCid(eve));

      JsonNode answer =
          counted.call(
              BATCH,
              "'requestId':'r','serialize':'pb','async':false,'singleDatas':'%s'"
                  .formatted(WireMessages.batch(0, items)));

      assertThat(answer.path("info")).hasSize(5_000);
      assertThat(accepts.get()).isBetween(1, 20);
    }
  }

  /// Returns the same store, which counts the writes that accept pushes.
  private static Store counting(Store whole, AtomicInteger accepts) {
    TaskStore tasks =
        proxy(
            TaskStore.class,
            (_, method, arguments) -> {
              if (method.getName().startsWith("accept")) {
                accepts.incrementAndGet();
              }
              return method.invoke(whole.tasks(), arguments);
            });
    return proxy(
        Store.class,
        (_, method, arguments) ->
            method.getName().equals("tasks") ? tasks : method.invoke(whole, arguments));
  }

  private static <T> T proxy(Class<T> port, InvocationHandler handler) {
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  /// Refuses one item for its name without the others.
  @Test
  void unreadableName_affectsNoOther() {
    String long129 = "9".repeat(129);
    JsonNode info =
        push(
                "r",
                WireMessages.batch(
                    1,
                    item("'clientId':'" + long129 + "'", ""),
                    item("'clientId':{}", ""),
                    toCid(ada)))
            .path("info");

    assertThat(info.findValuesAsText("result")).containsExactly("Error", "Error", "ok");
  }

  @Test
  void revoke_worksInABatch_andHappensOnce() {
    JsonNode sent = push("r", WireMessages.batch(1, toCid(ada))).path("info").path("1");
    String revoke =
        "{"
            + WireFixture.APP
            + "'clientId':'"
            + ada.id()
            + "',"
            + WireFixture.message(WireMessages.revoke(sent.path("taskId").asText(), false), "")
            + "}";

    JsonNode answer = push("r2", WireMessages.batch(1, revoke, revoke)).path("info");

    assertThat(answer.findValuesAsText("result")).containsExactly("ok", "ok");
    assertThat(wire.fixture.tasks(ada)).isEmpty();
  }

  @Test
  void batch_isLimited() {
    String[] aliases = new String[101];
    Arrays.fill(aliases, item("'alias':'bob'", ""));

    assertThat(push("r", WireMessages.batch(1, aliases)).path("result").asText())
        .isEqualTo("Error");
    assertThat(push("r", "CgA=").path("result").asText()).isEqualTo("TargetListIsNullOrSizeIs0");
    assertThat(push("r", "!!!!").path("result").asText()).isEqualTo("Error");
    assertThat(push("r", "//8=").path("result").asText()).isEqualTo("Error");
    assertThat(wire.result(BATCH, "'requestId':'r'")).isEqualTo("singleDatas is not null");
    assertThat(wire.fixture.tasks(bob)).isEmpty();
  }

  @Test
  void numberThatComesTwice_isRefused_andNothingIsSent() {
    JsonNode answer = push("r", WireMessages.numberedBatch(List.of(0, 0), toCid(ada), toCid(bob)));

    assertThat(answer.path("result").asText()).isEqualTo("Error");
    assertThat(answer.toString()).contains("singleDatas").contains("seqId");
    assertThat(wire.fixture.tasks(ada)).isEmpty();
    assertThat(wire.fixture.tasks(bob)).isEmpty();
  }

  @Test
  void unreadableItems_areNoAliases() {
    String[] items = new String[102];
    Arrays.fill(items, "no JSON");
    items[0] = toCid(ada);

    JsonNode answer = push("r", WireMessages.batch(0, items));

    assertThat(answer.path("result").asText()).isEqualTo("ok");
    assertThat(answer.path("info")).hasSize(102);
    assertThat(answer.path("info").path("1").path("result").asText()).isEqualTo("Error");
    assertThat(wire.fixture.tasks(ada)).hasSize(1);
  }
}
