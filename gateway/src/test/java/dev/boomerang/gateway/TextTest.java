// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.mqtt.ConnectRequest;
import dev.boomerang.gateway.session.ReasonCode;
import dev.boomerang.gateway.session.ReceiptReader;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttVersion;
import org.junit.jupiter.api.Test;

/// Tests that text of a device that is not valid UTF-8 is refused.
class TextTest {
  private static final String PHONE = "17400000000000123456789";

  private static ConnectRequest request(String app, byte[] password) {
    return ConnectRequest.parse(
        MqttMessageBuilders.connect()
            .protocolVersion(MqttVersion.MQTT_5)
            .clientId(PHONE)
            .username(app)
            .password(password)
            .build());
  }

  @Test
  void credentials_thatAreNoText_areBad() {
    byte[] good = "secret".getBytes(UTF_8);

    assertThat(request("shop", good)).isInstanceOf(ConnectRequest.Valid.class);
    for (String app : new String[] {"sh\0op", "sh\ufffdop"}) {
      assertThat(request(app, good)).isEqualTo(new ConnectRequest.Refused(ReasonCode.CREDENTIALS));
    }
    for (String password : new String[] {"a\0", "\u00ff", "\u00ed\u00a0\u0080"}) {
      assertThat(request("shop", password.getBytes(ISO_8859_1)))
          .isEqualTo(new ConnectRequest.Refused(ReasonCode.CREDENTIALS));
    }
  }

  @Test
  void receipts_thatAreNotUtf8_areBad() {
    String receipts =
        "{\"x\":\"%s\",\"receipts\":[{\"delivery\":\"1-"
            + PHONE
            + "\",\"event\":\"shown\",\"at\":1}]}";

    assertThat(ReceiptReader.read(receipts.formatted("ok").getBytes(UTF_8)))
        .isInstanceOf(ReceiptReader.Result.Receipts.class);
    for (String bytes : new String[] {"\u00ff", "\u00ed\u00a0\u0080", "\u00c0\u0080"}) {
      assertThat(ReceiptReader.read(receipts.formatted(bytes).getBytes(ISO_8859_1)))
          .isInstanceOf(ReceiptReader.Result.Invalid.class);
    }
  }
}
