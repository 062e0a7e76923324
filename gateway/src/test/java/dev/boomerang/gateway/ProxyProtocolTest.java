// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static dev.boomerang.gateway.RawDevice.connect;
import static dev.boomerang.gateway.RawDevice.hex;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.model.text.TrustedProxies;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests the client address that a proxy states, by the limit of connections of an address. The
/// limit is 1 here, so the second silent connection of an address ends the first.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyProtocolTest {
  private static final String V2 = "0d0a0d0a000d0a515549540a";
  private static final String ADA = "PROXY TCP4 192.0.2.1 192.0.2.99 40000 7310\r\n";
  private static final String BOB = "PROXY TCP4 192.0.2.2 192.0.2.99 40000 7310\r\n";
  private static final String ADA_V2 = V2 + "2111000cc0000201c00002639c401c8e";

  private final Certificates certificates;
  private final GatewayFixture fixture;
  private final RegisteredDevice registeredDevice;

  ProxyProtocolTest(@TempDir Path folder) {
    certificates = Certificates.in(folder);
    fixture = open("127.0.0.0/8");
    registeredDevice = fixture.registerDevice();
  }

  private GatewayFixture open(String proxies) {
    return GatewayFixture.open(
        GatewayFixture.config()
            .with(certificates.tls())
            .with(new GatewayConfig.Peers(TrustedProxies.parse(proxies).orElseThrow(), 1)));
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  private RawDevice silent(byte[] header) {
    int before = fixture.pending();
    var device = new RawDevice(fixture);
    device.send(header);
    Await.until("its address is known", () -> fixture.pending() == before + 1);
    return device;
  }

  @Test
  void address_isTheOneInTheProxyHeader() {
    try (var ada = silent(ADA.getBytes(US_ASCII));
        var bob = silent(BOB.getBytes(US_ASCII));
        var adaAgain = new RawDevice(fixture)) {
      adaAgain.send(hex(ADA_V2));

      assertThat(ada.readToEnd()).isEmpty();
      bob.send(connect(true, registeredDevice.name(), registeredDevice.secret(), 60, ""));
      assertThat(bob.read(RawDevice.CONNACK).at(1)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 192.0.2.1 192.0.2.99 40000 7310\r\n",
        "PROXY TCP6 2001:db8::1 2001:db8::2 40000 7310\r\n",
        "PROXY UNKNOWN\r\n",
        "PROXY UNKNOWN whatever it is\r\n",
        ""
      })
  void device_isServedBehindVersion1(String header) {
    try (var device = new RawDevice(fixture)) {
      device.send(header.getBytes(US_ASCII));
      device.send(connect(true, registeredDevice.name(), registeredDevice.secret(), 60, ""));

      assertThat(device.read(RawDevice.CONNACK).at(1)).isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "IPv4, 2111000cc0000201c00002639c401c8e",
    "IPv6, 2121002420010db800000000000000000000000120010db80000000000000000000000029c401c8e",
    "its own health check, 20000000",
    "extras, 21110013c0000201c00002639c401c8e01000461626364"
  })
  void device_isServedBehindVersion2(String what, String header) {
    try (var device = new RawDevice(fixture)) {
      device.send(hex(V2 + header));
      device.send(connect(true, registeredDevice.name(), registeredDevice.secret(), 60, ""));

      assertThat(device.read(RawDevice.CONNACK).at(1)).as(what).isZero();
    }
  }

  @Test
  void header_mayComeInPieces() {
    try (var device = new RawDevice(fixture)) {
      for (byte one : ADA.getBytes(US_ASCII)) {
        device.send(new byte[] {one});
      }
      device.send(connect(false, registeredDevice.name(), registeredDevice.secret(), 60, ""));

      assertThat(device.read(RawDevice.CONNACK).at(1)).isZero();
    }
  }

  @Test
  void tls_followsTheHeader() throws IOException {
    try (var plain = new Socket(InetAddress.getLoopbackAddress(), fixture.port())) {
      plain.getOutputStream().write(hex(ADA_V2));
      try (var tls =
          (SSLSocket)
              certificates.sockets().createSocket(plain, "localhost", fixture.port(), true)) {
        tls.startHandshake();
        tls.getOutputStream()
            .write(connect(false, registeredDevice.name(), registeredDevice.secret(), 60, ""));

        assertThat(tls.getInputStream().readNBytes(4)).isEqualTo(hex("20020000"));
      }
    }
  }

  /// An HTTP proxy states the address in `X-Forwarded-For` instead.
  @Test
  void webSocketAddress_isTheOneInTheForwardedHeader() throws IOException {
    try (var ada = silent(ADA.getBytes(US_ASCII));
        var socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port())) {
      socket
          .getOutputStream()
          .write(
              """
              GET /mqtt HTTP/1.1\r
              Host: x\r
              Upgrade: websocket\r
              Connection: Upgrade\r
              Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
              Sec-WebSocket-Version: 13\r
              Sec-WebSocket-Protocol: mqtt\r
              X-Forwarded-For: 203.0.113.9, 192.0.2.1, 127.0.0.7\r
              \r
              """
                  .getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(12), US_ASCII)).isEqualTo("HTTP/1.1 101");

      assertThat(ada.readToEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 192.0.2.1\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.99 40000 70000\r\n",
        "PROXY TCP4 192.0.2.999 192.0.2.99 40000 7310\r\n",
        "PROXY TCP9 192.0.2.1 192.0.2.99 40000 7310\r\n",
        "PROXIES\r\n\r\n\r\n\r\n",
        ADA + BOB
      })
  void header_thatIsMalformed_closes(String header) {
    try (var device = new RawDevice(fixture)) {
      device.send(header.getBytes(US_ASCII));
      device.trySend(connect(true, registeredDevice.name(), registeredDevice.secret(), 60, ""));

      device.awaitClosed();
    }
  }

  @Test
  void header_ofSomebodyElse_closes() {
    try (var distrustful = open("10.0.0.0/8");
        var one = new RawDevice(distrustful);
        var two = new RawDevice(distrustful)) {
      one.send(ADA.getBytes(US_ASCII));
      one.awaitClosed();
      two.send(hex(ADA_V2));
      two.awaitClosed();
    }
  }

  @Test
  void header_insideTls_closes() throws IOException {
    try (var tls = certificates.sockets().createSocket("127.0.0.1", fixture.port())) {
      tls.getOutputStream().write(ADA.getBytes(US_ASCII));

      assertThat(tls.getInputStream().read()).isEqualTo(-1);
    }
  }
}
