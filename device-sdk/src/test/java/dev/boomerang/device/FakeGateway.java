// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/// Serves as much of MQTT 3.1.1 as the device protocol needs, over a real socket, that misbehaves
/// on demand. It keeps each message until it is acknowledged, and sends again on the next
/// connection what was not.
final class FakeGateway implements AutoCloseable {
  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int SUBSCRIBE = 8;
  private static final int PINGREQ = 12;
  private static final int DISCONNECT = 14;

  final List<String> connects = new CopyOnWriteArrayList<>();
  final List<String> subscriptions = new CopyOnWriteArrayList<>();
  final List<String> published = new CopyOnWriteArrayList<>();
  final List<String> disconnects = new CopyOnWriteArrayList<>();

  /// The CONNACK return code.
  volatile int answer;

  /// Receipts are taken but not acknowledged.
  volatile boolean withholdsPubacks;

  /// Acknowledgements of devices are ignored, so that every message stays in the mailbox.
  volatile boolean ignoresPubacks;

  private final ServerSocket server;
  private final Map<Integer, String> mailbox = new LinkedHashMap<>();
  private final List<Socket> sockets = new ArrayList<>();
  private int lastId;

  FakeGateway(ServerSocketFactory sockets) throws IOException {
    server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Puts messages into the mailbox and sends them, if a device is there.
  synchronized void push(String... messages) {
    for (String message : messages) {
      mailbox.put(++lastId, message);
      for (Socket socket : sockets) {
        send(socket, lastId, message, false);
      }
    }
  }

  synchronized boolean mailboxIsEmpty() {
    return mailbox.isEmpty();
  }

  /// Cuts all connections.
  synchronized void drop() {
    sockets.forEach(FakeGateway::shut);
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    drop();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      while (true) {
        int first = in.readUnsignedByte();
        byte[] body = new byte[remainingLength(in)];
        in.readFully(body);
        if (!packet(socket, first, body)) {
          return;
        }
      }
    } catch (IOException _) {
      // The device went away, or was cut off.
    } finally {
      synchronized (this) {
        sockets.remove(socket);
      }
    }
  }

  private boolean packet(Socket socket, int first, byte[] body) throws IOException {
    var in = new DataInputStream(new java.io.ByteArrayInputStream(body));
    switch (first >> 4) {
      case CONNECT -> {
        in.skipBytes(10);
        connects.add(in.readUTF() + "/" + in.readUTF() + "/" + in.readUTF());
        write(socket, 0x20, new byte[] {0, (byte) answer});
        return answer == 0;
      }
      case SUBSCRIBE -> subscribe(socket, in);
      case PUBLISH -> {
        in.readUTF();
        int id = in.readUnsignedShort();
        published.add(new String(in.readAllBytes(), UTF_8));
        if (!withholdsPubacks) {
          write(socket, 0x40, new byte[] {(byte) (id >> 8), (byte) id});
        }
      }
      case PUBACK -> acknowledged(in.readUnsignedShort());
      case PINGREQ -> write(socket, 0xD0, new byte[0]);
      case DISCONNECT -> {
        disconnects.add("DISCONNECT");
        return false;
      }
      default -> throw new IOException("unexpected packet " + first);
    }
    return true;
  }

  private synchronized void subscribe(Socket socket, DataInputStream in) throws IOException {
    byte high = in.readByte();
    byte low = in.readByte();
    subscriptions.add(in.readUTF() + " " + in.readByte());
    write(socket, 0x90, new byte[] {high, low, 1});
    sockets.add(socket);
    mailbox.forEach((id, message) -> send(socket, id, message, true));
  }

  private synchronized void acknowledged(int id) {
    if (!ignoresPubacks) {
      mailbox.remove(id);
    }
  }

  private static void send(Socket socket, int id, String message, boolean again) {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    try {
      out.writeUTF("push/reg");
      out.writeShort(id);
      out.write(message.getBytes(UTF_8));
      write(socket, again ? 0x3A : 0x32, bytes.toByteArray());
    } catch (IOException _) {
      shut(socket);
    }
  }

  private static void write(Socket socket, int first, byte[] body) throws IOException {
    var packet = new ByteArrayOutputStream();
    packet.write(first);
    int rest = body.length;
    do {
      packet.write(rest > 127 ? rest % 128 | 0x80 : rest);
      rest /= 128;
    } while (rest > 0);
    packet.write(body);
    synchronized (socket) {
      socket.getOutputStream().write(packet.toByteArray());
    }
  }

  private static int remainingLength(DataInputStream in) throws IOException {
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while (digit > 127);
    return length;
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
