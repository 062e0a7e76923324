// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.app.AppId;
import dev.boomerang.port.ContentReviewer.Objection;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordListReviewerTest {
  private static final AppId APP = new AppId("shop");

  private final WordListReviewer words =
      new WordListReviewer(
          List.of("# a comment", "", " 赌博 ", "bet now", "betray all", "casino", "penis"));

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
    assertThat(new WordListReviewer(List.of("", "#")).objection(APP, List.of("# bet now")))
        .isEmpty();
  }

  @Test
  void objection_namesTheWord() {
    assertThat(words.objection(APP, List.of("fine", "Bet Now")))
        .contains(new Objection("contains the sensitive word \"bet now\"", 1, 0, 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "上网赌·博吧 | 2 | 5",
        "say C\u00c1\u200bS\u0336.I.N.O now | 4 | 15",
        "ﬁne, a Ⓒⓐⓢⓘⓝⓞ | 7 | 13",
        "\ud83d\ude00casino\ud83d\ude00 | 2 | 8"
      })
  void objection_saysWhereTheWordIs_inTheTextAsItWas(String text, int from, int to) {
    assertThat(words.objection(APP, List.of(text)))
        .map(found -> List.of(found.text(), found.from(), found.to()))
        .contains(List.of(0, from, to));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "赌 博",
        "赌　博",
        "赌\n博",
        "赌.博",
        "赌。博",
        "赌，博",
        "赌··博",
        "赌*博",
        "赌_博",
        "赌-博",
        "赌😀博",
        "赌【博】",
        "赌\u200b博",
        "赌\u200d\u2060\ufeff博",
        "赌\u00ad博",
        "赌\u202e博",
        "赌\u0336博\u0336",
        "赌\ufe0f博",
        "赌\u3164博",
        "赌\u0000博",
        "⽹上赌博"
      })
  void chineseWord_isFound_whateverStandsBetweenItsLetters(String text) {
    assertThat(objects(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CASINO",
        "Casino!",
        "onlinecasino24",
        "c a s i n o",
        "C.A.S.I.N.O.",
        "c - a - s - i - n - o",
        "cas ino",
        "ca sino",
        "cas-ino",
        "c_asino",
        "cas\tino",
        "c\u200basino",
        "ca\u00adsino",
        "cásínö",
        "c\u0301a\u0308s\u20ddino",
        "ｃａｓｉｎｏ",
        "ⓒⓐⓢⓘⓝⓞ",
        "𝓬𝓪𝓼𝓲𝓷𝓸",
        "caſino",
        "casıno",
        "CASİNO",
        "our c a s i n o, come"
      })
  void latinWord_isFound_howeverItIsWritten(String text) {
    assertThat(objects(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "as soon as we can",
        "a cassino, in orange",
        "the Boscas inoculate",
        "cash in order",
        "the pen is mine",
        "my pen, is it here",
        "bet on it now",
        "bet. A new day",
        "赌了一次，博客",
        "赌 ...... 博",
        "ガラス"
      })
  void wordsThatOnlyStandBehindEachOther_areFine(String text) {
    assertThat(objects(text)).isFalse();
  }

  @Test
  void symbolsOfAWord_belongToIt() {
    var symbols = new WordListReviewer(List.of("c++", "$$$", "カラス"));

    assertThat(symbols.objection(APP, List.of("learn C++ now"))).isPresent();
    assertThat(symbols.objection(APP, List.of("win $$$"))).isPresent();
    assertThat(symbols.objection(APP, List.of("plan c + one", "win $$", "ガラス"))).isEmpty();
    assertThat(symbols.objection(APP, List.of("ｶﾗｽ"))).isPresent();
  }

  @Test
  void characterVariants_areOne() {
    IntUnaryOperator simplified = c -> c == '賭' ? '赌' : c;

    assertThat(new WordListReviewer(List.of("赌博"), simplified).objection(APP, List.of("賭 博")))
        .isPresent();
    assertThat(new WordListReviewer(List.of("賭博"), simplified).objection(APP, List.of("赌博")))
        .isPresent();
  }

  @Test
  void longText_ofFillersAndBeginnings_takesNoTimeToSpeakOf() {
    String text = "c . a . s . i . n . ".repeat(20_000) + "赌 ".repeat(20_000);

    assertThat(objects(text)).isFalse();
  }
}
