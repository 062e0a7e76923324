// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.0/8           | 10.255.0.1         | true
          10.0.0.0/8           | 11.0.0.1           | false
          10.1.2.3/8           | 10.9.9.9           | true
          192.168.1.0/25       | 192.168.1.127      | true
          192.168.1.0/25       | 192.168.1.128      | false
          0.0.0.0/0            | 8.8.8.8            | true
          0.0.0.0/0            | 2001:db8::1        | false
          ::/0                 | 2001:db8::1        | true
          2001:db8::/33        | 2001:db8:7fff::1   | true
          2001:db8::/33        | 2001:db8:8000::1   | false
          127.0.0.1            | ::ffff:127.0.0.1   | true
          ::1, 127.0.0.1       | 127.0.0.1          | true
          127.0.0.1            | 127.0.0.2          | false
          ''                   | 127.0.0.1          | false
          """)
  void ranges_haveTheirAddresses(String ranges, String address, boolean trusts) {
    InetAddress asked = TrustedProxies.address(address).orElseThrow();

    assertThat(TrustedProxies.parse(ranges).orElseThrow().trusts(asked)).isEqualTo(trusts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example.com",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0/8",
        "10",
        "::/129",
        "1.2.3.4.5",
        "256.1.1.1",
        "10.0.0.1 10.0.0.2",
        "/8",
        "10.0.0.0/8/8"
      })
  void rangesThatAreNone_areRefused(String ranges) {
    assertThat(TrustedProxies.parse(ranges)).isEmpty();
  }
}
