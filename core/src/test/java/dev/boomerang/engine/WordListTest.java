// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.AppId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordListTest {
  private static final AppId APP = new AppId("shop");

  private final WordList words =
      new WordList(List.of("# a comment", "", " 赌博 ", "bet now", "betray all"));

  private boolean objects(String... texts) {
    return words.objection(APP, List.of(texts)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"赌博", "网上赌博平台", "we BET NOW.", "ｂｅｔ　ｎｏｗ", "bet bet now"})
  void word_isFoundAnywhere_inAnyCaseAndWidth(String text) {
    assertThat(objects("a title", text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "赌", "博赌", "betnow", "betray", "a comment", "bet"})
  void textWithoutAWord_isFine(String text) {
    assertThat(objects(text, text)).isFalse();
  }

  @Test
  void words_areNotPutTogetherFromTwoTexts() {
    assertThat(objects("bet", " now")).isFalse();
  }

  @Test
  void emptyList_hasNoObjection() {
    assertThat(new WordList(List.of("", "#")).objection(APP, List.of("# bet now"))).isEmpty();
  }

  @Test
  void objection_namesTheWord() {
    assertThat(words.objection(APP, List.of("fine", "Bet Now")))
        .contains("contains the sensitive word \"bet now\"");
  }
}
