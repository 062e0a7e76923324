// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.field;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.limit.MemoryBudget;
import dev.boomerang.web.limit.MemoryExceededException;
import dev.boomerang.web.text.InvalidFieldException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// JSON trees at random, and JSON in other encodings.
class JsonPropertiesTest {

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
        "", "a", "\"", "\\", "\\\"", "[{,:", "\u503c", "\ud83d\ude00", "\n", "\u2200");
  }

  @Provide
  Arbitrary<JsonNode> trees() {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            texts().map(TextNode::valueOf),
            Arbitraries.integers().map(IntNode::valueOf),
            Arbitraries.of(BooleanNode.TRUE, BooleanNode.FALSE, NullNode.getInstance()));
    return Arbitraries.recursive(() -> leaves, this::deeper, 0, 4);
  }

  private Arbitrary<JsonNode> deeper(Arbitrary<JsonNode> inner) {
    Arbitrary<JsonNode> arrays = inner.list().ofMaxSize(4).map(nodes -> Json.array().addAll(nodes));
    Arbitrary<JsonNode> objects =
        net.jqwik.api.Arbitraries.maps(texts(), inner)
            .ofMaxSize(4)
            .map(members -> Json.object().setAll(members));
    return Arbitraries.oneOf(arrays, objects);
  }

  @Property(tries = 300)
  void tree_readsBackAsItWasWritten(@ForAll("trees") JsonNode tree) {
    String text = Json.write(tree);

    assertThat(Json.read(text)).contains(tree);
    assertThat(Json.read(Body.of(text))).contains(tree);
    assertThat(Json.parse(text)).isEqualTo(tree);
  }

  /// Counts a tree's nodes as the estimate weighs them, at the least that each has.
  private static long weight(JsonNode node) {
    long own = node.isObject() ? 176 : node.isArray() ? 112 : 0;
    long inner = 0;
    for (JsonNode each : node) {
      inner += weight(each);
    }
    long separators =
        (long) Math.max(0, node.size() - 1) * 72 + (node.isObject() ? node.size() * 96L : 0);
    return own + inner + separators;
  }

  @Property(tries = 300)
  void cost_isTheTextsAndTheNodes(@ForAll("trees") JsonNode tree) {
    String text = Json.write(tree);

    assertThat(JsonCost.of(text)).isEqualTo(2L * text.length() + weight(tree));
    assertThat(JsonCost.of(text.getBytes(UTF_8)))
        .isEqualTo(2L * text.getBytes(UTF_8).length + weight(tree));
  }

  /// A quote may be half of a character there, or stand behind an escaped one.
  @Property(tries = 300)
  void cost_inOtherEncodings_isNoLess(@ForAll("trees") JsonNode tree) {
    String text = Json.write(tree);

    for (Charset charset : List.of(UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"))) {
      byte[] bytes = text.getBytes(charset);
      assertThat(JsonCost.of(bytes))
          .as("%s in %s", text, charset)
          .isGreaterThanOrEqualTo(2L * bytes.length + weight(tree));
    }
  }

  @Test
  void read_inUtf16_cannotHideItsNodesBehindAQuote() {
    var lease = new MemoryBudget(100_000).open("a");
    String nodes = "[" + "{},".repeat(1_000) + "{}]";

    for (String start : List.of("\"\\\"\",", "\"\u2200\",")) {
      Body body = Body.of(("[" + start + nodes + "]").getBytes(UTF_16BE));
      assertThatThrownBy(() -> CallMemory.within(lease, () -> Json.read(body)))
          .isInstanceOf(MemoryExceededException.class);
    }
    assertThat(lease.held()).isZero();
  }

  @Property(tries = 300)
  void anyText_isReadOrRefused_andNothingElse(@ForAll String text) {
    try {
      Json.read(text).ifPresent(tree -> assertThat(Json.read(Json.write(tree))).contains(tree));
    } catch (InvalidFieldException e) {
      assertThat(e.kind()).isEqualTo(InvalidFieldException.Kind.MALFORMED);
    }
  }

  @Property(tries = 300)
  void members_areThoseOfTheTree(@ForAll("trees") JsonNode tree) throws IOException {
    byte[] bytes = Json.write(tree).getBytes(UTF_8);

    var found = JsonMembers.read(new ByteArrayInputStream(bytes), Set.of("a", "\u503c"), 3);

    assertThat(found.isPresent()).isEqualTo(tree.isObject());
    for (String name : List.of("a", "\u503c", "\n")) {
      JsonNode node = tree.path(name);
      boolean isTaken =
          !name.equals("\n") && node.isValueNode() && !node.isNull() && node.asText().length() <= 3;
      assertThat(found.map(object -> object.path(name).asText("-")).orElse("-"))
          .as(name)
          .isEqualTo(isTaken && tree.isObject() ? node.asText() : "-");
    }
  }

  @Test
  void members_ofAStreamThatBreaks_areAFailure() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThatThrownBy(() -> JsonMembers.read(broken, Set.of("a"), 3))
        .isInstanceOf(IOException.class)
        .hasMessage("broken");
  }

  @Test
  void parse_ofWhatIsNoJson_isAFaultOfOurs() {
    assertThatThrownBy(() -> Json.parse("{")).isInstanceOf(IllegalStateException.class);
  }
}
