// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

  @Provide
  Arbitrary<PathPattern> patterns() {
    return Arbitraries.of("a", "b", "{x}").list().ofMaxSize(4).map(PathPattern::new);
  }

  @Provide
  Arbitrary<List<String>> paths() {
    return Arbitraries.of("a", "b", "c", "{x}").list().ofMaxSize(4);
  }

  @Property(tries = 500)
  void match_isPartByPart(
      @ForAll("patterns") PathPattern pattern, @ForAll("paths") List<String> path) {
    boolean matches = pattern.parts().size() == path.size();
    for (int i = 0; matches && i < path.size(); i++) {
      String part = pattern.parts().get(i);
      matches = part.equals("{x}") || part.equals(path.get(i));
    }

    assertThat(pattern.match(path).isPresent()).isEqualTo(matches);
  }

  @Property(tries = 500)
  void order_isTotal(
      @ForAll("patterns") PathPattern one,
      @ForAll("patterns") PathPattern two,
      @ForAll("patterns") PathPattern three) {
    assertThat(Integer.signum(one.compareTo(two))).isEqualTo(-Integer.signum(two.compareTo(one)));
    if (one.compareTo(two) <= 0 && two.compareTo(three) <= 0) {
      assertThat(one.compareTo(three)).isLessThanOrEqualTo(0);
    }
  }

  @Property(tries = 500)
  void ofTwoThatMatch_theLesserIsFixedWhereTheyFirstDiffer(
      @ForAll("patterns") PathPattern one,
      @ForAll("patterns") PathPattern two,
      @ForAll("paths") List<String> path) {
    if (one.match(path).isEmpty() || two.match(path).isEmpty() || one.equals(two)) {
      return;
    }
    int at = 0;
    while (one.parts().get(at).equals(two.parts().get(at))) {
      at++;
    }

    assertThat(one.compareTo(two) < 0).isEqualTo(!one.parts().get(at).equals("{x}"));
  }

  @Property(tries = 300)
  void slashes_countOnce(@ForAll("paths") List<String> path) {
    var doubled = new ArrayList<String>();
    path.forEach(
        part -> {
          doubled.add("");
          doubled.add(part);
          doubled.add("");
        });

    assertThat(PathPattern.split(String.join("/", doubled))).isEqualTo(path);
    assertThat(PathPattern.split("/" + String.join("/", path) + "/")).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "/tasks/7, 7",
    "/tasks/a+b, a+b",
    "/tasks/a%2Fb, a/b",
    "/tasks/%E5%80%BC, \u503c",
    "/tasks/%zz, %zz",
    "//tasks///7/, 7"
  })
  void name_catchesOnePartDecoded(String path, String caught) {
    assertThat(PathPattern.of("/tasks/{id}").match(PathPattern.split(path)))
        .contains(Map.of("id", caught));
  }

  @ParameterizedTest
  @CsvSource({"/tasks", "/tasks/7/8", "/Tasks/7", "/task%73/7"})
  void otherPaths_areNotMatched(String path) {
    assertThat(PathPattern.of("/tasks/{id}").match(PathPattern.split(path))).isEmpty();
  }

  @Test
  void names_areCaughtTogether() {
    assertThat(PathPattern.of("/{a}/x/{b}").match(List.of("1", "x", "2")))
        .contains(Map.of("a", "1", "b", "2"));
    assertThat(PathPattern.of("/").match(List.of())).contains(Map.of());
  }
}
