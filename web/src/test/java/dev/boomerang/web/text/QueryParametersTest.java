// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.limit.MemoryBudget;
import dev.boomerang.web.limit.MemoryExceededException;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Percent-decoding and form parameters.
class QueryParametersTest {

  private record Pair(String name, String value) {}

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("ab+%&=/?# .\u00e9\u503c")
        .ofMaxLength(6)
        .flatMap(text -> Arbitraries.of("", "\ud83d\ude00", "\u0001").map(suffix -> text + suffix));
  }

  @Provide
  Arbitrary<List<Pair>> pairs() {
    return texts().flatMap(name -> texts().map(value -> new Pair(name, value))).list().ofMaxSize(8);
  }

  @Property(tries = 300)
  void parameters_readBackAsTheyWereEncoded_theFirstOfEachName(@ForAll("pairs") List<Pair> pairs) {
    String encoded =
        pairs.stream()
            .map(
                pair ->
                    URLEncoder.encode(pair.name(), UTF_8)
                        + "="
                        + URLEncoder.encode(pair.value(), UTF_8))
            .collect(Collectors.joining("&"));
    Map<String, String> first = new LinkedHashMap<>();
    pairs.forEach(pair -> first.putIfAbsent(pair.name(), pair.value()));

    assertThat(QueryParameters.parse(encoded)).containsExactlyEntriesOf(first);
  }

  @Property(tries = 300)
  void path_readsBackAsItWasEncoded(@ForAll("texts") String text) {
    String encoded = URLEncoder.encode(text, UTF_8).replace("+", "%20");

    assertThat(PercentText.ofPath(encoded)).isEqualTo(text);
  }

  @Property(tries = 300)
  void anyText_isReadOrRefused_andNothingElse(@ForAll String text) {
    try {
      QueryParameters.parse(text)
          .forEach(
              (name, value) -> {
                TextCheck.check("name", name);
                TextCheck.check("value", value);
              });
    } catch (InvalidFieldException e) {
      assertThat(e.kind()).isEqualTo(InvalidFieldException.Kind.MALFORMED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a+b, 'a b', a+b",
    "a%2Bb, a+b, a+b",
    "a%2bb, a+b, a+b",
    "%E5%80%BC+, '\u503c ', \u503c+",
    "a+%, a+%, a+%",
    "a+%4, a+%4, a+%4",
    "a+%4g, a+%4g, a+%4g",
    "a+%g4, a+%g4, a+%g4",
    "%41+%zz, %41+%zz, %41+%zz",
    "%00, '\u0000', '\u0000'",
    "%41, A, A"
  })
  void plus_isASpaceInForms_andAPlusInPaths(String text, String form, String path) {
    assertThat(PercentText.ofForm(text)).isEqualTo(form);
    assertThat(PercentText.ofPath(text)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "&, 0",
    "&&&, 0",
    "a, 1",
    "a&, 1",
    "&a, 1",
    "a&&b, 2",
    "=, 1",
    "a=b=c, 1",
    "a&b=c, 2"
  })
  void emptyPieces_areNoParameters(String text, int count) {
    assertThat(QueryParameters.parse(text)).hasSize(count);
  }

  @Test
  void aName_endsBeforeTheNextParameter() {
    assertThat(QueryParameters.parse("a&b=c=d&e="))
        .containsExactly(Map.entry("a", ""), Map.entry("b", "c=d"), Map.entry("e", ""));
  }

  @Test
  void parameters_areChargedByTheirNumber() {
    var few = new MemoryBudget(1 << 20).open("a");
    var many = new MemoryBudget(1 << 20).open("a");

    CallMemory.within(few, () -> QueryParameters.parse("a=aaaaaaaaa"));
    CallMemory.within(many, () -> QueryParameters.parse("a&b&c&d&e&f"));

    assertThat(few.held()).isEqualTo(11);
    assertThat(many.held()).isGreaterThan(11 + 5 * 100);
  }

  @Test
  void parameters_thatNeedTooMuch_areNotRead() {
    var lease = new MemoryBudget(2_000).open("a");

    assertThatThrownBy(
            () -> CallMemory.within(lease, () -> QueryParameters.parse("&".repeat(1_000))))
        .isInstanceOfSatisfying(
            MemoryExceededException.class, e -> assertThat(e.isTooLarge()).isTrue());
    assertThat(lease.held()).isZero();
  }

  @Test
  void aFault_showsWhatCannotBeShown() {
    var fault =
        new InvalidFieldException("a\ud800", InvalidFieldException.Kind.MISSING, "must be given");

    assertThat(fault.field()).doesNotContain("\ud800").startsWith("a");
    assertThat(fault.description()).isEqualTo(fault.field() + " must be given");
    assertThat(fault).hasMessage(fault.description());
    assertThat(fault.kind()).isEqualTo(InvalidFieldException.Kind.MISSING);
    assertThat(fault.getStackTrace()).isEmpty();
  }
}
