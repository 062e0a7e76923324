// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.device.storage.DeviceStorage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path directory;

  private final FakeNotificationHandler handler = new FakeNotificationHandler();
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer(tls("localhost").getServerSocketFactory());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void gateway_whoseCertificateIsTrusted_isConnectedTo() throws Exception {
    try (PushClient client = builder().tls(tls("localhost")).build(handler)) {
      client.start();
      Await.until(() -> handler.state().phase() == ConnectionState.Phase.CONNECTED);
    }
  }

  @Test
  void gateway_whoseCertificateIsNotTrusted_isNotConnectedTo() {
    try (PushClient client = builder().build(handler)) {
      client.start();
      Await.until(() -> handler.state().phase() == ConnectionState.Phase.WAITING);
    }
    assertThat(server.gateway.connects).isEmpty();
  }

  @Test
  void gateway_whoseCertificateIsForAnotherHost_isNotConnectedTo() throws Exception {
    server.close();
    SSLContext other = tls("elsewhere.test");
    server = new FakeServer(other.getServerSocketFactory());
    try (PushClient client = builder().tls(other).build(handler)) {
      client.start();
      Await.until(() -> handler.state().phase() == ConnectionState.Phase.WAITING);
    }
    assertThat(server.gateway.connects).isEmpty();
  }

  private PushClientBuilder builder() {
    return PushClient.builder(server.url(), "app", "key")
        .storage(DeviceStorage.inMemory())
        .gateway(URI.create("ssl://localhost:" + server.gateway.port()))
        .backoff(Duration.ofMillis(10), Duration.ofMillis(50));
  }

  /// Returns a context with a certificate of its own for that host, which it trusts.
  private SSLContext tls(String host) throws Exception {
    Path file = directory.resolve(host + ".p12");
    if (Files.notExists(file)) {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-alias",
                  "gateway",
                  "-dname",
                  "CN=" + host,
                  "-ext",
                  "san=dns:" + host,
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  new String(PASSWORD),
                  "-keystore",
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(keytool.waitFor()).isZero();
    }
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var certificate = KeyStore.getInstance("PKCS12");
    certificate.load(null, PASSWORD);
    certificate.setCertificateEntry("gateway", store.getCertificate("gateway"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificate);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
