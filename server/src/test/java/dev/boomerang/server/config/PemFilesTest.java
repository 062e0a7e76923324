// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates and keys are read when the settings are, for both ports.
class PemFilesTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      for (String name : List.of("ours", "other")) {
        make(algorithm, algorithm + "-" + name);
      }
    }
    String cert = Files.readString(file("EC-ours.cert"));
    write("EC-chain.cert", "subject=anything\n" + cert + Files.readString(file("EC-other.cert")));
    write("empty.pem", "");
    write("broken.cert", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    write("broken.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    write("pkcs1.key", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    write(
        "encrypted.key",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(file(name), text);
  }

  private static void make(String algorithm, String name)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = file(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    var said = new ByteArrayOutputStream();
    keytool.getInputStream().transferTo(said);
    assertThat(keytool.waitFor()).as(said.toString(UTF_8)).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    write(name + ".cert", pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
    write(name + ".key", pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  private static Settings read(String port, String certificate, String key) {
    return Settings.of(
        new SettingSources(
            Map.of(
                "https-port",
                port.equals("https") ? "0" : "off",
                port + "-cert-file",
                file(certificate).toString(),
                port + "-key-file",
                file(key).toString()),
            Map.of(),
            Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA-ours", "EC-ours", "Ed25519-ours"})
  void certificateAndKey_thatBelongTogether_areTaken(String name) {
    Settings settings = read("gateway", name + ".cert", name + ".key");

    assertThat(settings.gateway().config().listen().tls()).isPresent();
    assertThat(read("https", name + ".cert", name + ".key").http().tls()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "https"})
  void chain_mayHaveMoreAndOtherText(String port) {
    Settings settings = read(port, "EC-chain.cert", "EC-ours.key");

    assertThat(settings.gateway().config().listen().tls().isPresent())
        .isEqualTo(port.equals("gateway"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "RSA-ours.cert, RSA-other.key, key, is not the key of the certificate in",
    "EC-ours.cert, EC-other.key, key, is not the key of the certificate in",
    "Ed25519-ours.cert, Ed25519-other.key, key, is not the key of the certificate in",
    "RSA-ours.cert, EC-ours.key, key, is not the key of the certificate in",
    "EC-ours.cert, Ed25519-ours.key, key, is not the key of the certificate in",
    "EC-ours.key, EC-ours.cert, cert, has no -----BEGIN CERTIFICATE-----",
    "empty.pem, EC-ours.key, cert, has no -----BEGIN CERTIFICATE-----",
    "broken.cert, EC-ours.key, cert, has a certificate that cannot be read",
    "EC-ours.cert, empty.pem, key, has no -----BEGIN PRIVATE KEY-----",
    "EC-ours.cert, broken.key, key, has a key that cannot be read",
    "EC-ours.cert, pkcs1.key, key, has a RSA PRIVATE KEY; it must be PKCS#8",
    "EC-ours.cert, encrypted.key, key, has a ENCRYPTED PRIVATE KEY; it must be PKCS#8",
    "none.cert, EC-ours.key, cert, must be a file that can be read"
  })
  void whatIsWrong_isToldInOneLine_withSettingAndFile(
      String certificate, String key, String wrong, String rule) {
    for (String port : List.of("gateway", "https")) {
      Path file = file(wrong.equals("key") ? key : certificate);
      assertThatThrownBy(() -> read(port, certificate, key))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageStartingWith(port + "-" + wrong + "-file=" + file + " from ")
          .hasMessageContaining(": " + rule)
          .hasMessageNotContainingAny("\n");
    }
  }
}
