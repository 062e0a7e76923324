// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.app.AppId;
import dev.boomerang.port.ContentReviewer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimplifiedCharactersTest {
  private static final AppId APP = new AppId("app");
  private static final SimplifiedCharacters SIMPLIFIED = new SimplifiedCharacters();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "賭, 赌", "發, 发", "髮, 发", "後, 后", "裏, 里", "裡, 里", "臺, 台", "台, 台", "為, 为", "爲, 为", "說, 说", "説, 说",
    "𠀀, 𠀀", "a, a", "が, が", "한, 한", "😀, 😀"
  })
  void character_hasOneSimplifiedForm(String character, String simple) {
    int form = SIMPLIFIED.applyAsInt(character.codePointAt(0));

    assertThat(Character.toString(form)).isEqualTo(simple);
  }

  @Test
  void simplifiedForm_isItsOwn() {
    assertThat("赌发后里台为说钱".codePoints()).allMatch(c -> SIMPLIFIED.applyAsInt(c) == c);
  }

  @ParameterizedTest
  @CsvSource({"賭博, 赌博", "赌博, 賭 博", "賭博, 赌．博", "裏面, 裡面", "臺獨, 台独"})
  void word_isFoundInTheOtherScript(String word, String text) throws Exception {
    ContentReviewer reviewer = reviewer(word);

    assertThat(reviewer.objection(APP, List.of("一二 " + text + " 三"))).isPresent();
    assertThat(reviewer.objection(APP, List.of("一二三"))).isEmpty();
  }

  private ContentReviewer reviewer(String word) throws IOException, StartupException {
    return SensitiveWords.read(
        Optional.of(Files.writeString(folder.resolve("words.txt"), word + "\n")));
  }
}
