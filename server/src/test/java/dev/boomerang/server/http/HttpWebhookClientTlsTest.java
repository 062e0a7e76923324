// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.port.WebhookClient.Response;
import dev.boomerang.web.RequestRouter;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callbacks go over https to servers that this machine trusts, and that are who they say.
class HttpWebhookClientTlsTest {
  private static final String TRUSTED = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

  @TempDir private static Path folder;
  private static HttpServer receiver;

  @BeforeAll
  static void start() throws Exception {
    var config =
        new HttpConfig(
            "127.0.0.1",
            0,
            Optional.of(
                TestCertificate.in(folder, "dns:localhost,dns:*.internal.example").onAnyPort()),
            HttpConfig.Limits.DEFAULT);
    receiver =
        HttpServer.open(
            config,
            RequestRouter.of(_ -> Reply.json(200, "{}")),
            HttpServerListener.NONE,
            SystemTime.SYSTEM);
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
    System.setProperty(TRUSTED, folder.resolve(TestCertificate.STORE).toString());
    System.setProperty(PASSWORD, TestCertificate.PASSWORD);
  }

  private static Response post(String host) {
    HostResolver names = _ -> List.of(InetAddress.getLoopbackAddress());
    try (var outbound =
        new HttpWebhookClient(new WebhookClientConfig(Duration.ofSeconds(10), true), names)) {
      URI url = URI.create("https://" + host + ":" + receiver.tlsPort().orElseThrow() + "/told");
      return outbound.post(url, Map.of(), new byte[0]);
    }
  }

  @Test
  void https_toATrustedServer_goesThrough() {
    trust();

    assertThat(post("localhost")).isEqualTo(new Response.Status(200));
  }

  @Test
  void https_toAServerOfAnotherName_isSilence() {
    trust();

    assertThat(post("127.0.0.1")).isInstanceOf(Response.NoResponse.class);
  }

  @Test
  void https_toAHostWithAnUnderscore_goesThrough_ifItsCertificateHasTheName() {
    trust();

    assertThat(post("my_app.internal.example")).isEqualTo(new Response.Status(200));
    for (String other : List.of("my_app", "a.my_app.internal.example", "my_app.example")) {
      assertThat(post(other))
          .isInstanceOfSatisfying(
              Response.NoResponse.class,
              noResponse -> assertThat(noResponse.reason()).contains("no name of the certificate"));
    }
  }

  @Test
  void https_toAHostWithAnUnderscore_nobodyVouchesFor_isSilence() {
    assertThat(post("my_app.internal.example")).isInstanceOf(Response.NoResponse.class);
  }

  @Test
  void https_tellsTheServerTheName_withAnUnderscoreToo() throws Exception {
    for (String host : List.of("my_app.internal.example", "plain.internal.example")) {
      try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        var hello = new FutureTask<>(() -> firstBytes(server));
        Thread.ofVirtual().start(hello);
        HostResolver names = _ -> List.of(InetAddress.getLoopbackAddress());
        try (var outbound =
            new HttpWebhookClient(new WebhookClientConfig(Duration.ofSeconds(10), true), names)) {
          URI url = URI.create("https://" + host + ":" + server.getLocalPort() + "/");
          Response response = outbound.post(url, Map.of(), new byte[0]);
          assertThat(hello.get(20, TimeUnit.SECONDS)).as(response.toString()).contains(host);
        }
      }
    }
  }

  /// What a client says first, the server's name among it; then it is hung up on.
  private static String firstBytes(ServerSocket server) throws IOException {
    try (var socket = server.accept()) {
      byte[] bytes = new byte[8_192];
      int length = socket.getInputStream().read(bytes);
      return new String(bytes, 0, Math.max(0, length), ISO_8859_1);
    }
  }

  @Test
  void https_toAServerNobodyVouchesFor_isSilence() {
    assertThat(post("localhost")).isInstanceOf(Response.NoResponse.class);
  }
}
