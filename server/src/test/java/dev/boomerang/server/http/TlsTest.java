// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.model.text.TrustedProxies;
import dev.boomerang.server.http.HttpConfig.Limits;
import dev.boomerang.server.http.HttpConfig.Tls;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.RequestRouter;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
  private static final Endpoint ECHO =
      call -> Reply.of(200, "text/plain", call.method() + " " + call.path());

  @TempDir Path folder;

  @Test
  void https_answersBesideHttp() throws Exception {
    TestCertificate testCertificate = TestCertificate.in(folder);

    try (HttpServer server = open(testCertificate.onAnyPort())) {
      int port = server.tlsPort().orElseThrow();
      try (var client =
              new RawClient(
                  testCertificate.trusting().getSocketFactory().createSocket("127.0.0.1", port));
          var plain = new RawClient(server.port())) {
        client.send("GET /safe HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.read().body()).isEqualTo("GET /safe");
        plain.send("GET /plain HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(plain.read().body()).isEqualTo("GET /plain");
      }
    }
  }

  /// As a proxy would say it; what a proxy has said stays.
  @Test
  void https_isToldToTheEndpoint() throws Exception {
    TestCertificate testCertificate = TestCertificate.in(folder);
    Endpoint scheme =
        call -> Reply.of(200, "text/plain", call.header("X-Forwarded-Proto").orElse("none"));

    try (HttpServer server = open(testCertificate.onAnyPort(), scheme);
        HttpServer distrustful = open(testCertificate.onAnyPort(), scheme, TrustedProxies.NONE)) {
      int port = server.tlsPort().orElseThrow();
      try (var client =
              new RawClient(
                  testCertificate.trusting().getSocketFactory().createSocket("127.0.0.1", port));
          var plain = new RawClient(server.port())) {
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.read().body()).isEqualTo("https");
        client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: http\r\n\r\n");
        assertThat(client.read().body()).isEqualTo("http");
        plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(plain.read().body()).isEqualTo("none");
      }
      int otherPort = distrustful.tlsPort().orElseThrow();
      try (var client =
              new RawClient(
                  testCertificate
                      .trusting()
                      .getSocketFactory()
                      .createSocket("127.0.0.1", otherPort));
          var plain = new RawClient(distrustful.port())) {
        client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: http\r\n\r\n");
        assertThat(client.read().body()).isEqualTo("https");
        plain.send("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: https\r\n\r\n");
        assertThat(plain.read().body()).isEqualTo("none");
      }
    }
  }

  @Test
  void aCertificateThatIsNone_isTold() throws Exception {
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");

    assertThatThrownBy(() -> open(new Tls(0, nonsense, nonsense)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:0");
  }

  private static HttpServer open(Tls tls) throws IOException {
    return open(tls, ECHO);
  }

  private static HttpServer open(Tls tls, Endpoint endpoint) throws IOException {
    return open(tls, endpoint, TrustedProxies.parse("127.0.0.1").orElseThrow());
  }

  private static HttpServer open(Tls tls, Endpoint endpoint, TrustedProxies proxies)
      throws IOException {
    return HttpServer.open(
        new HttpConfig("127.0.0.1", 0, Optional.of(tls), Limits.DEFAULT, proxies),
        RequestRouter.of(endpoint),
        HttpServerListener.NONE,
        SystemTime.SYSTEM);
  }
}
