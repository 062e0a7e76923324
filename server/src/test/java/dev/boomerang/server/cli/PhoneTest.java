// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhoneTest {
  @TempDir Path directory;

  @Test
  void error_isPrintedWithItsCause() throws IOException {
    var printed = new ByteArrayOutputStream();
    var phone =
        new Phone(
            directory.resolve("notifications.json"),
            new PrintStream(printed, true, UTF_8),
            new Output(),
            Optional::empty);

    phone.onError("the server refused a change", new IOException("alias: too long"));

    assertThat(printed.toString(UTF_8))
        .isEqualToIgnoringNewLines("error: the server refused a change: alias: too long\n");
  }
}
