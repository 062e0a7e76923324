// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.engine.accept.WordListReviewer;
import dev.boomerang.port.ContentReviewer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Makes the reviewer that the setting `sensitive-words` describes.
final class SensitiveWords {
  private SensitiveWords() {}

  static ContentReviewer read(Optional<Path> file) throws StartupException {
    if (file.isEmpty()) {
      return ContentReviewer.NONE;
    }
    try {
      return new WordListReviewer(
          Files.readAllLines(file.get(), UTF_8), new SimplifiedCharacters());
    } catch (IOException e) {
      throw new StartupException(
          "cannot read sensitive-words "
              + file.get()
              + ", which must be a text in UTF-8: "
              + ExceptionMessages.of(e));
    }
  }
}
