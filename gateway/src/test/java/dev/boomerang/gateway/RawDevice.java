// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.HexFormat;

/// Is a device that sends any bytes, also those that no MQTT library would send.
final class RawDevice implements AutoCloseable {
  static final int CONNECT = 0x10;
  static final int CONNACK = 0x20;
  static final int PUBLISH = 0x30;
  static final int PUBACK = 0x40;
  static final int SUBACK = 0x90;
  static final int PINGRESP = 0xD0;
  static final int DISCONNECT = 0xE0;

  /// Holds a packet that came: the first byte, and what followed the length.
  static final class Packet {
    private final int first;
    private final byte[] body;

    private Packet(int first, byte[] body) {
      this.first = first;
      this.body = body;
    }

    byte[] body() {
      return body;
    }

    int type() {
      return first & 0xF0;
    }

    int at(int index) {
      return body[index] & 0xFF;
    }

    /// Returns the packet id of a PUBLISH of QoS 1.
    int packetId(boolean v5) {
      int topic = at(0) << 8 | at(1);
      assertThat(v5 ? at(4 + topic) : 0).isZero();
      return at(2 + topic) << 8 | at(3 + topic);
    }

    String payload(boolean v5) {
      int topic = at(0) << 8 | at(1);
      int begin = 4 + topic + (v5 ? 1 : 0);
      return new String(body, begin, body.length - begin, UTF_8);
    }
  }

  private final Socket socket = new Socket();
  private final DataInputStream in;

  RawDevice(GatewayFixture fixture) {
    this(fixture, 0);
  }

  /// Connects with a receive buffer of so many bytes; 0 for the system's.
  RawDevice(GatewayFixture fixture, int receiveBuffer) {
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(fixture.gateway().address());
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns a device whose CONNECT was accepted.
  static RawDevice in(
      GatewayFixture fixture, GatewayFixture.RegisteredDevice registeredDevice, boolean v5) {
    return in(fixture, registeredDevice, v5, 60, "");
  }

  static RawDevice in(
      GatewayFixture fixture,
      GatewayFixture.RegisteredDevice registeredDevice,
      boolean v5,
      int keepAlive,
      String properties) {
    var device = new RawDevice(fixture);
    device.send(
        connect(v5, registeredDevice.name(), registeredDevice.secret(), keepAlive, properties));
    Packet answer = device.read();
    assertThat(answer.type()).isEqualTo(CONNACK);
    assertThat(answer.at(1)).isZero();
    return device;
  }

  static byte[] connect(
      boolean v5, String clientId, String secret, int keepAlive, String properties) {
    var body = new Body().text("MQTT").bytes(v5 ? 5 : 4, 0xC2, keepAlive >> 8, keepAlive & 0xFF);
    if (v5) {
      body.bytes(properties.length() / 2).hex(properties);
    }
    return packet(CONNECT, body.text(clientId).text(GatewayFixture.APP.value()).text(secret));
  }

  static byte[] subscribe(boolean v5, String filter, int options) {
    var body = new Body().bytes(0, 7);
    if (v5) {
      body.bytes(0);
    }
    return packet(0x82, body.text(filter).bytes(options));
  }

  static byte[] unsubscribe(boolean v5, String filter) {
    var body = new Body().bytes(0, 8);
    if (v5) {
      body.bytes(0);
    }
    return packet(0xA2, body.text(filter));
  }

  /// `flags` are the lower four bits of the first byte: QoS and retain.
  static byte[] publish(boolean v5, String topic, int flags, int packetId, String payload) {
    var body = new Body().text(topic);
    if ((flags & 0x06) != 0) {
      body.bytes(packetId >> 8, packetId & 0xFF);
    }
    if (v5) {
      body.bytes(0);
    }
    return packet(PUBLISH | flags, body.raw(payload.getBytes(UTF_8)));
  }

  static byte[] puback(int packetId) {
    return packet(PUBACK, new Body().bytes(packetId >> 8, packetId & 0xFF));
  }

  static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes);
  }

  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends as much as the server still accepts.
  void trySend(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      assertThat(e).isInstanceOf(SocketException.class);
    }
  }

  Packet read() {
    try {
      int first = in.readUnsignedByte();
      int length = 0;
      int shift = 0;
      int digit;
      do {
        digit = in.readUnsignedByte();
        length |= (digit & 0x7F) << shift;
        shift += 7;
      } while ((digit & 0x80) != 0);
      return new Packet(first, in.readNBytes(length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the next packet of this type and skips what comes before it.
  Packet read(int type) {
    Packet packet = read();
    while (packet.type() != type) {
      packet = read();
    }
    return packet;
  }

  byte[] readBytes(int count) {
    try {
      return in.readNBytes(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns everything that comes until the server closes.
  byte[] readToEnd() {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads on until the server closes; fails if it does not within ten seconds.
  void awaitClosed() {
    try {
      while (in.read() >= 0) {}
    } catch (SocketException | EOFException _) {
      // Reset: closed as well.
    } catch (IOException e) {
      throw new UncheckedIOException("still open", e);
    }
  }

  /// Reads the DISCONNECT of MQTT 5 and its reason code, and then the close.
  void awaitDisconnect(int reasonCode) {
    Packet packet = read(DISCONNECT);
    assertThat(packet.at(0)).as("reason code").isEqualTo(reasonCode);
    awaitClosed();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] packet(int first, Body body) {
    byte[] content = body.out.toByteArray();
    var whole = new Body().bytes(first);
    int rest = content.length;
    while (rest > 0x7F) {
      whole.bytes((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return whole.bytes(rest).raw(content).out.toByteArray();
  }

  /// Builds the content of a packet, piece by piece.
  private static final class Body {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Body bytes(int... values) {
      Arrays.stream(values).forEach(out::write);
      return this;
    }

    Body raw(byte[] values) {
      out.writeBytes(values);
      return this;
    }

    Body hex(String values) {
      return raw(HexFormat.of().parseHex(values));
    }

    Body text(String value) {
      byte[] utf8 = value.getBytes(UTF_8);
      return bytes(utf8.length >> 8, utf8.length & 0xFF).raw(utf8);
    }
  }
}
