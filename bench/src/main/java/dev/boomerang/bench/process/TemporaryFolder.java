// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder that is gone when the bench is over.
public final class TemporaryFolder implements AutoCloseable {
  private final Path folder;

  public TemporaryFolder() throws IOException {
    folder = Files.createTempDirectory("boomerang-bench");
  }

  /// Returns the path of a file that does not exist yet: `name`, or `name` after a number. It does
  /// not create it.
  public Path file(String name) {
    for (int i = 0; ; i++) {
      Path file = folder.resolve(i == 0 ? name : i + "-" + name);
      if (!Files.exists(file)) {
        return file;
      }
    }
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
