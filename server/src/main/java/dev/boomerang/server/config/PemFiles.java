// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Checks at start that a certificate and a key can be read and belong together. What is wrong is
/// told with the setting and the file.
final class PemFiles {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private final SettingValues settingValues;
  private final String certificateSetting;
  private final String keySetting;

  private PemFiles(SettingValues settingValues, String certificateSetting, String keySetting) {
    this.settingValues = settingValues;
    this.certificateSetting = certificateSetting;
    this.keySetting = keySetting;
  }

  /// Throws [InvalidSettingException] unless `certificates` begins with the certificate of `key`.
  static void check(
      SettingValues settingValues,
      String certificateSetting,
      Path certificates,
      String keySetting,
      Path key) {
    new PemFiles(settingValues, certificateSetting, keySetting).check(certificates, key);
  }

  private void check(Path certificates, Path key) {
    PublicKey certified = certificate(certificates).getPublicKey();
    if (!belongTogether(certified, key(key))) {
      throw settingValues.fault(
          keySetting,
          "is not the key of the certificate in " + certificateSetting + "=" + certificates);
    }
  }

  /// Reads the whole chain and returns the server's own certificate, which comes first.
  private X509Certificate certificate(Path file) {
    List<X509Certificate> chain =
        blocks(certificateSetting, file).stream()
            .filter(block -> block.group(1).endsWith("CERTIFICATE"))
            .map(this::certificate)
            .toList();
    if (chain.isEmpty()) {
      throw settingValues.fault(certificateSetting, "has no -----BEGIN CERTIFICATE-----");
    }
    return chain.getFirst();
  }

  private X509Certificate certificate(MatchResult block) {
    try {
      var der = new ByteArrayInputStream(bytes(certificateSetting, block));
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der);
    } catch (CertificateException _) {
      throw settingValues.fault(certificateSetting, "has a certificate that cannot be read");
    }
  }

  private PrivateKey key(Path file) {
    MatchResult block =
        blocks(keySetting, file).stream()
            .filter(it -> it.group(1).endsWith("PRIVATE KEY"))
            .findFirst()
            .orElseThrow(
                () -> settingValues.fault(keySetting, "has no -----BEGIN PRIVATE KEY-----"));
    String kind = block.group(1);
    if (!kind.equals("PRIVATE KEY")) {
      throw settingValues.fault(
          keySetting,
          "has a "
              + kind
              + "; it must be PKCS#8 and not encrypted, as openssl pkcs8 -topk8 -nocrypt writes"
              + " it");
    }
    return key(new PKCS8EncodedKeySpec(bytes(keySetting, block)));
  }

  private PrivateKey key(PKCS8EncodedKeySpec spec) {
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException _) {
        // The key is of another algorithm, or of none; the exception below says so.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the JDK has no " + algorithm, e);
      }
    }
    throw settingValues.fault(keySetting, "has a key that cannot be read as RSA, EC or EdDSA");
  }

  private List<MatchResult> blocks(String setting, Path file) {
    try {
      return BLOCK.matcher(Files.readString(file, ISO_8859_1)).results().toList();
    } catch (IOException e) {
      throw settingValues.fault(setting, "cannot be read: " + e.getMessage());
    }
  }

  private byte[] bytes(String setting, MatchResult block) {
    try {
      return Base64.getMimeDecoder().decode(block.group(2));
    } catch (IllegalArgumentException _) {
      throw settingValues.fault(setting, "has a " + block.group(1) + " that is not Base64");
    }
  }

  /// RSA keys share their modulus; of others one has to verify what the other signs.
  private static boolean belongTogether(PublicKey certified, PrivateKey key) {
    if (certified instanceof RSAPublicKey ours && key instanceof RSAPrivateKey theirs) {
      return ours.getModulus().equals(theirs.getModulus());
    }
    try {
      String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "EdDSA";
      byte[] message = {1};
      Signature signs = Signature.getInstance(algorithm);
      signs.initSign(key);
      signs.update(message);
      Signature verifies = Signature.getInstance(algorithm);
      verifies.initVerify(certified);
      verifies.update(message);
      return verifies.verify(signs.sign());
    } catch (GeneralSecurityException _) {
      return false; // of two algorithms, or of two curves
    }
  }
}
