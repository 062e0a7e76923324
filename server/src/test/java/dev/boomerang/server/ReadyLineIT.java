// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.server.http.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a script that starts the server reads from its first line.
@Timeout(120)
class ReadyLineIT {
  @TempDir Path folder;

  @Test
  void httpsPort_thatWasPicked_isTold() throws Exception {
    TestCertificate testCertificate = TestCertificate.in(folder);
    try (CommandProcess server =
        CommandProcess.server(
            folder,
            128,
            "--http-host=127.0.0.1",
            "--http-port=0",
            "--https-port=0",
            "--https-cert-file=" + testCertificate.certificate(),
            "--https-key-file=" + testCertificate.key(),
            "--gateway-host=127.0.0.1",
            "--gateway-port=0",
            "--data-dir=" + folder.resolve("data"))) {
      assertThat(server.awaitLine("ready http="))
          .matches(
              "ready http=http://127\\.0\\.0\\.1:\\d+ gateway=127\\.0\\.0\\.1:\\d+"
                  + " https=https://127\\.0\\.0\\.1:[1-9]\\d*");
    }
  }
}
