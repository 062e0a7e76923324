// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The JDK's javadoc builds this module's documentation, every link and tag in it checked.
class JavadocTest {
  private static final String SOURCES = "src/main/java";

  @TempDir private Path folder;

  @Test
  void documentation_builds() throws IOException {
    var tool = ToolProvider.getSystemDocumentationTool();
    var messages = new StringWriter();
    List<String> options =
        List.of(
            "-quiet",
            "-Xdoclint:all,-missing",
            "-sourcepath",
            SOURCES,
            "-subpackages",
            "dev.boomerang",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString());
    try (var files = tool.getStandardFileManager(null, null, UTF_8)) {
      boolean built = tool.getTask(messages, files, null, null, options, List.of()).call();

      assertThat(messages.toString().lines().filter(line -> line.contains("error:"))).isEmpty();
      assertThat(built).as(messages.toString()).isTrue();
      assertThat(folder.resolve("index.html")).exists();
    }
  }
}
