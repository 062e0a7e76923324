// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every Java file of the repository looks as google-java-format has it and begins with the two
/// lines of the licence.
///
/// `./mvnw -pl server test -Dtest=FormatTest -Dformat=fix` rewrites what does not.
class FormatTest {
  private static final String HEADER =
      "// Copyright The Boomerang Authors\n// SPDX-License-Identifier: Apache-2.0\n";

  private static final Set<String> FOREIGN = Set.of("target", "node_modules", "data");

  private static final boolean FIX = "fix".equals(System.getProperty("format"));

  @Test
  void everyJavaFile_isFormattedAndLicensed() throws IOException {
    Path root = Path.of("").toAbsolutePath().resolve("..").normalize();
    List<Path> files = javaFiles(root);
    assertThat(files).hasSizeGreaterThan(100);

    List<String> wrong =
        files.parallelStream()
            .flatMap(file -> fault(file).map(why -> root.relativize(file) + ": " + why).stream())
            .sorted()
            .toList();

    assertThat(wrong).as("run ./mvnw -pl server test -Dtest=FormatTest -Dformat=fix").isEmpty();
  }

  private static Optional<String> fault(Path file) {
    try {
      String text = Files.readString(file, UTF_8);
      String formatted = new Formatter().formatSourceAndFixImports(licensed(text));
      if (formatted.equals(text)) {
        return Optional.empty();
      }
      if (FIX) {
        Files.writeString(file, formatted, UTF_8);
        return Optional.empty();
      }
      return Optional.of(
          text.startsWith(HEADER) ? "line " + firstDifference(text, formatted) : "no licence");
    } catch (FormatterException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String licensed(String text) {
    return text.startsWith(HEADER) ? text : HEADER + text;
  }

  private static int firstDifference(String text, String other) {
    List<String> lines = text.lines().toList();
    List<String> others = other.lines().toList();
    int i = 0;
    while (i < lines.size() && i < others.size() && lines.get(i).equals(others.get(i))) {
      i++;
    }
    return i + 1;
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean skip = !folder.equals(root) && (FOREIGN.contains(name) || name.startsWith("."));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
