// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Template.FillResult;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static Template template(String title, String body, String uri) {
    return new Template(
        new TemplateId(1),
        new AppId("shop"),
        "t",
        "",
        "",
        new Notification(
            title,
            body,
            Appearance.PLAIN,
            Optional.of(new Click(Action.URL, uri)),
            false,
            Map.of()),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static Notification filled(Template template, Map<String, String> values) {
    return switch (template.fill(values, Map.of("k", "v"), 1_000)) {
      case FillResult.Complete(Notification notification) -> notification;
      case FillResult.Missing missing -> throw new AssertionError(missing);
      case FillResult.TooLong tooLong -> throw new AssertionError(tooLong);
    };
  }

  @Test
  void blanks_areFilledInTitleBodyAndLink() {
    var values = Map.of("name", "张三", "money", "200", "unused", "x");

    Notification notification =
        filled(template("Hello #name#", "#name# has #money#", "https://a/#money#"), values);

    assertThat(notification.title()).isEqualTo("Hello 张三");
    assertThat(notification.body()).isEqualTo("张三 has 200");
    assertThat(notification.click().orElseThrow().uri()).isEqualTo("https://a/200");
    assertThat(notification.extras()).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void blanksSideBySide_shareNoMark() {
    assertThat(filled(template("#a##b#", "", ""), Map.of("a", "1", "b", "2")).title())
        .isEqualTo("12");
  }

  @Test
  void aMarkThatBeginsNoBlank_staysAsItIs() {
    assertThat(filled(template("No. #1 of # all", "C# and F#", ""), Map.of()).title())
        .isEqualTo("No. #1 of # all");
  }

  @Test
  void valuesWithMarksAndDollars_areTakenAsTheyAre() {
    assertThat(filled(template("#a#", "#b#", ""), Map.of("a", "#b#", "b", "$1\\")).title())
        .isEqualTo("#b#");
    assertThat(filled(template("#a#", "#b#", ""), Map.of("a", "", "b", "$1\\")).body())
        .isEqualTo("$1\\");
  }

  @Test
  void filledLength_isThatOfWhatFillingGives() {
    Template template = template("No. #1 #a##b#", "#b# #a#", "https://#a#/#c#");
    var values = Map.of("a", "張三", "b", "x".repeat(99), "c", "");

    Notification notification = filled(template, values);

    assertThat(template.filledLength(values))
        .isEqualTo(
            notification.title().length()
                + notification.body().length()
                + notification.click().orElseThrow().uri().length());
  }

  @Test
  void fill_thatWouldBeTooLong_isToldAndNotBuilt() {
    Template template = template("t", "#a#".repeat(1_000), "");
    var values = Map.of("a", "x".repeat(1_900));

    assertThat(template.fill(values, Map.of(), 1_900_001)).isInstanceOf(FillResult.Complete.class);
    assertThat(template.fill(values, Map.of(), 1_900_000))
        .isEqualTo(new FillResult.TooLong(1_900_001));
  }

  @Test
  void valuesThatAreMissing_areNamed() {
    Template template = template("#a#", "#b# #c#", "#d#");

    assertThat(template.fill(Map.of("b", ""), Map.of(), 1_000))
        .isEqualTo(new FillResult.Missing(new TreeSet<>(Set.of("a", "c", "d"))));
  }
}
