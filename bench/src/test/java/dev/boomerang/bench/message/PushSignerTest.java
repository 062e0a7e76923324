// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PushSignerTest {
  /// The example in Alibaba Cloud "RPC 签名机制".
  @Test
  void signature_isTheVendorsOwn() {
    var parameters = new TreeMap<String, String>();
    parameters.put("Timestamp", "2016-02-23T12:46:24Z");
    parameters.put("Format", "XML");
    parameters.put("AccessKeyId", "testid");
    parameters.put("Action", "DescribeRegions");
    parameters.put("SignatureMethod", "HMAC-SHA1");
    parameters.put("SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf");
    parameters.put("Version", "2014-05-26");
    parameters.put("SignatureVersion", "1.0");

    assertThat(PushSigner.sign("GET", parameters, "testsecret"))
        .isEqualTo("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
  }

  @Test
  void requests_differInNonceAndMessageId() {
    var pushSigner = new PushSigner("key", "secret", "app", "default");
    Instant now = Instant.parse("2026-11-21T00:00:00.5Z");

    String first = new String(pushSigner.push("user1", 1, now), UTF_8);
    String second = new String(pushSigner.push("user1", 2, now), UTF_8);

    assertThat(first).contains("Timestamp=2026-11-21T00%3A00%3A00Z").contains("m1%22");
    assertThat(second).contains("m2%22");
    assertThat(line(first)).isNotEqualTo(line(second));
  }

  private static String line(String request) {
    return request.lines().findFirst().orElseThrow();
  }
}
