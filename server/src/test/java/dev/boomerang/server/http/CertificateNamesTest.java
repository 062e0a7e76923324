// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateNamesTest {

  @ParameterizedTest
  @CsvSource({
    "my_app.example.com, my_app.example.com, true",
    "MY_APP.Example.com, my_app.example.COM, true",
    "my_app, my_app, true",
    "*.example.com, my_app.example.com, true",
    "*.example.com, my_app.example.com., true",
    "*.example.com, a.my_app.example.com, false",
    "*.example.com, my_app.example.org, false",
    "*.example.com, example.com, false",
    "*.com, my_app.com, false",
    "*, my_app, false",
    "m*.example.com, my_app.example.com, false",
    "my_app.*.com, my_app.example.com, false",
    "example.com, my_app.example.com, false",
    "'', my_app, false",
    "'', '', false"
  })
  void name_isTheHosts_orAWildcardForItsFirstLabel(String name, String host, boolean matches) {
    assertThat(CertificateNames.matches(name, host)).isEqualTo(matches);
  }
}
