// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.field;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.web.http.Body;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.limit.MemoryBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void write_isRawUtf8_andReadsBack() {
    var object = Json.object().put("名", "值 😀");
    object.set("list", Json.array().add(1).add(2.5));

    String text = Json.write(object);

    assertThat(text).isEqualTo("{\"名\":\"值 😀\",\"list\":[1,2.5]}");
    assertThat(Json.read(text).orElseThrow().toString()).isEqualTo(text);
    assertThat(Json.read(Body.of(text)).orElseThrow().toString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{} {}", "[1,]", "nothing", "{\"a\":1}x"})
  void read_ofWhatIsNotOneValue_isEmpty(String text) {
    assertThat(Json.read(text)).isEmpty();
    assertThat(Json.read(Body.of(text))).isEmpty();
  }

  @Test
  void read_ofMoreThan32Levels_isEmpty() {
    assertThat(Json.read("[".repeat(32) + "]".repeat(32))).isPresent();
    assertThat(Json.read("[".repeat(33) + "]".repeat(33))).isEmpty();
  }

  @Test
  void read_ofMoreThanAMillionTokens_isEmpty() {
    assertThat(Json.read("[0" + ",0".repeat(1_000_000) + "]")).isEmpty();
  }

  @Test
  void cost_growsWithNodes_andNotWithWhatStandsInTexts() {
    String brackets = "[" + "[],".repeat(100) + "[]]";
    String text = "\"" + "[],{:\\\"".repeat(40) + "\"";

    assertThat(JsonCost.of(brackets)).isGreaterThan(100 * 100);
    assertThat(JsonCost.of(text)).isEqualTo(2L * text.length());
    assertThat(JsonCost.of(brackets.getBytes(UTF_8))).isEqualTo(JsonCost.of(brackets));
  }

  @Test
  void read_chargesTheCall_beforeTheTreeIsBuilt() {
    var lease = new MemoryBudget(1 << 20).open("a");
    String text = "[1,2,3]";

    CallMemory.within(lease, () -> Json.read(text));

    assertThat(lease.held()).isEqualTo(JsonCost.of(text));
  }

  @Test
  void members_areThoseOfTheOutermostObject() throws IOException {
    String text =
        "{\"a\":\"1\",\"skip\":[{\"a\":\"inner\"}],\"b\":2,\"c\":{\"b\":3},\"d\":null,\"e\":\"xxxx\"}";
    var in = new ByteArrayInputStream(text.getBytes(UTF_8));

    assertThat(JsonMembers.read(in, Set.of("a", "b", "c", "d", "e"), 3).orElseThrow().toString())
        .isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"a\"", "{\"a\":[}"})
  void members_ofWhatIsNoObject_areNone(String text) throws IOException {
    var in = new ByteArrayInputStream(text.getBytes(UTF_8));

    assertThat(JsonMembers.read(in, Set.of("a"), 9)).isEmpty();
  }
}
