// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether a certificate is for a host: one of its DNS names is the host's, or has `*` in place of
/// the host's first label. What a certificate says of its subject elsewhere does not count.
///
/// Source: RFC 9525, 6.3.
final class CertificateNames {
  private static final Integer DNS_NAME = 2;
  private static final String ANY_LABEL = "*.";

  private CertificateNames() {}

  /// Throws if a certificate is not for a host, which is a name in ASCII.
  static void check(X509Certificate certificate, String host) throws CertificateException {
    Collection<List<?>> names =
        Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
    boolean isFor =
        names.stream()
            .filter(name -> DNS_NAME.equals(name.get(0)))
            .anyMatch(name -> matches(String.valueOf(name.get(1)), host));
    if (!isFor) {
      throw new CertificateException("no name of the certificate is " + host);
    }
  }

  static boolean matches(String name, String host) {
    String pattern = plain(name);
    String wanted = plain(host);
    if (!pattern.startsWith(ANY_LABEL)) {
      return !wanted.isEmpty() && pattern.equals(wanted);
    }
    String domain = pattern.substring(ANY_LABEL.length());
    int dot = wanted.indexOf('.');
    return dot > 0 && domain.indexOf('.') > 0 && wanted.substring(dot + 1).equals(domain);
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
