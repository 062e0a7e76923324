// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/// A certificate for this machine, in PEM files, made by the JDK's keytool.
record SelfSignedCertificate(Path chain, Path key) {
  private static final String ALIAS = "bench";
  private static final String PASSWORD = "bench-bench";

  /// Makes an EC key on P-256, the usual choice of a server today, with a certificate for two days.
  /// keytool writes PKCS #12 only, so both are taken out of that as PEM.
  static SelfSignedCertificate make(TemporaryFolder temporaryFolder)
      throws IOException, InterruptedException {
    Path store = temporaryFolder.file("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    var command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-dname",
            "CN=localhost",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            store.toString());
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    made.getInputStream().readAllBytes();
    if (made.waitFor() != 0) {
      throw new IOException("keytool makes no certificate");
    }
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      Path chain = temporaryFolder.file("chain.pem");
      Path key = temporaryFolder.file("key.pem");
      write(chain, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
      write(key, "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
      return new SelfSignedCertificate(chain, key);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void write(Path file, String what, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }
}
