// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.port.Outbound.Answer;
import dev.boomerang.web.Reply;
import dev.boomerang.web.Site;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callbacks go over https to servers that this machine trusts, and that are who they say.
class HttpOutboundTlsTest {
  private static final String TRUSTED = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

  @TempDir private static Path folder;
  private static HttpServer receiver;

  @BeforeAll
  static void start() throws Exception {
    var config =
        new HttpConfig(
            "127.0.0.1", 0, Optional.of(Pem.in(folder).onAnyPort()), HttpConfig.Limits.DEFAULT);
    receiver =
        HttpServer.open(
            config, Site.of(_ -> Reply.json(200, "{}")), HttpListener.NONE, Times.SYSTEM);
  }

  @AfterAll
  static void stop() {
    receiver.close();
  }

  @AfterEach
  void trustNobodyAnyMore() {
    System.clearProperty(TRUSTED);
    System.clearProperty(PASSWORD);
  }

  private static void trust() {
    System.setProperty(TRUSTED, folder.resolve(Pem.STORE).toString());
    System.setProperty(PASSWORD, Pem.PASSWORD);
  }

  private static Answer post(String host) {
    try (var outbound = new HttpOutbound(new OutboundConfig(Duration.ofSeconds(10), true))) {
      URI url = URI.create("https://" + host + ":" + receiver.tlsPort().orElseThrow() + "/told");
      return outbound.post(url, Map.of(), new byte[0]);
    }
  }

  @Test
  void https_toATrustedServer_goesThrough() {
    trust();

    assertThat(post("localhost")).isEqualTo(new Answer.Status(200));
  }

  @Test
  void https_toAServerOfAnotherName_isSilence() {
    trust();

    assertThat(post("127.0.0.1")).isInstanceOf(Answer.Silence.class);
  }

  @Test
  void https_toAServerNobodyVouchesFor_isSilence() {
    assertThat(post("localhost")).isInstanceOf(Answer.Silence.class);
  }
}
