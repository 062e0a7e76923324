// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Encodes the JSON payloads for devices. What all deliveries of a task have in common is encoded
/// once and kept for the next ones, for a few tasks. Each event loop has its own instance.
public final class PayloadEncoder {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private static final byte[] NOTIFY = ascii("{\"type\":\"notify\",\"delivery\":\"");
  private static final byte[] DATA = ascii("{\"type\":\"data\",\"delivery\":\"");
  private static final byte[] WITHDRAW = ascii("{\"type\":\"withdraw\",\"deliveries\":[");
  private static final byte[] WITHDRAW_END = ascii("]}");

  /// The longest delivery id: task id, dash, registration id.
  static final int MAX_DELIVERY_BYTES = 16 + 1 + 23;

  /// Bytes of a withdraw command without its delivery ids.
  public static final int WITHDRAW_BYTES = WITHDRAW.length + WITHDRAW_END.length;

  public static final int WITHDRAW_ID_BYTES = MAX_DELIVERY_BYTES + 3;

  private static final int CACHED_TASKS = 8;
  private static final int MAX_CACHED_BYTES = 16 * 1024;

  /// Holds the encoded payload of a message: `head`, then the delivery id, then `rest`.
  public static final class PublishPayload {
    private final byte[] head;
    private final byte[] rest;

    private PublishPayload(byte[] head, byte[] rest) {
      this.head = head;
      this.rest = rest;
    }

    public int length(String delivery) {
      return head.length + delivery.length() + rest.length;
    }

    public void write(ByteBuf buf, String delivery) {
      buf.writeBytes(head);
      buf.writeCharSequence(delivery, US_ASCII);
      buf.writeBytes(rest);
    }
  }

  private record CachedPayload(
      TaskId task,
      Content content,
      Optional<CollapseKey> collapseKey,
      PublishPayload publishPayload) {
    boolean matches(DeliveryAttempt deliveryAttempt) {
      return task.equals(deliveryAttempt.task().id())
          && collapseKey.equals(deliveryAttempt.collapseKey())
          && content.equals(deliveryAttempt.content());
    }
  }

  private static final CachedPayload NOTHING =
      new CachedPayload(
          TaskId.NONE,
          new Content.DataMessage("", Map.of()),
          Optional.empty(),
          new PublishPayload(new byte[0], new byte[0]));

  private final CachedPayload[] cache = new CachedPayload[CACHED_TASKS];

  public PayloadEncoder() {
    Arrays.fill(cache, NOTHING);
  }

  public PublishPayload publishPayload(DeliveryAttempt deliveryAttempt) {
    Task task = deliveryAttempt.task();
    int place = Math.floorMod(Long.hashCode(task.id().value() >>> 5), CACHED_TASKS);
    CachedPayload before = cache[place];
    if (before.matches(deliveryAttempt)) {
      return before.publishPayload();
    }
    PublishPayload fresh = encode(task, deliveryAttempt.content(), deliveryAttempt.collapseKey());
    boolean shared = task.isBroadcast() || task.counts().deliveries() > 1;
    if (fresh.rest.length <= MAX_CACHED_BYTES && shared) {
      cache[place] =
          new CachedPayload(
              task.id(), deliveryAttempt.content(), deliveryAttempt.collapseKey(), fresh);
    }
    return fresh;
  }

  public static byte[] withdraw(List<DeliveryId> deliveries) {
    var out = new ByteArrayOutputStream(WITHDRAW_BYTES + deliveries.size() * WITHDRAW_ID_BYTES);
    out.writeBytes(WITHDRAW);
    String between = "\"";
    for (DeliveryId delivery : deliveries) {
      out.writeBytes(ascii(between + delivery.wire() + "\""));
      between = ",\"";
    }
    out.writeBytes(WITHDRAW_END);
    return out.toByteArray();
  }

  private static PublishPayload encode(
      Task task, Content content, Optional<CollapseKey> collapseKey) {
    var out = new ByteArrayOutputStream(512);
    out.write('"');
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      write(json, "task", task.id().toString());
      byte[] head =
          switch (content) {
            case Content.Notification n -> {
              write(json, task, n);
              yield NOTIFY;
            }
            case Content.NotificationWithData(var notification, var data) -> {
              write(json, task, notification);
              json.writeObjectFieldStart("data");
              write(json, "body", data.body());
              write(json, "extras", data.extras());
              json.writeEndObject();
              yield NOTIFY;
            }
            case Content.PerPlatform _ ->
                throw new IllegalArgumentException("a delivery is for one platform");
            case Content.DataMessage d -> {
              write(json, "body", d.body());
              yield DATA;
            }
          };
      write(json, "extras", content.extras());
      if (collapseKey.isPresent()) {
        write(json, "slot", collapseKey.get().value());
      }
      json.writeNumberField("expiresAt", task.expiresAt().toEpochMilli());
      json.writeEndObject();
      json.flush();
      byte[] rest = out.toByteArray();
      rest[1] = ','; // The object was begun in the head.
      return new PublishPayload(head, rest);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
  }

  private static void write(JsonGenerator json, Task task, Content.Notification n)
      throws IOException {
    write(json, "title", n.title());
    write(json, "body", n.body());
    write(json, "style", n.appearance().style().wire());
    if (n.appearance().images().containsKey(Appearance.DEFAULT_VENDOR)) {
      write(json, "image", n.appearance().images().get(Appearance.DEFAULT_VENDOR));
    }
    if (n.appearance().icons().containsKey(Appearance.DEFAULT_VENDOR)) {
      write(json, "icon", n.appearance().icons().get(Appearance.DEFAULT_VENDOR));
    }
    if (n.silent()) {
      json.writeBooleanField("silent", true);
    }
    if (n.click().isPresent()) {
      json.writeObjectFieldStart("click");
      write(json, "action", n.click().get().action().wire());
      write(json, "uri", n.click().get().uri());
      json.writeEndObject();
    }
    json.writeNumberField("sentAt", task.validity().acceptedAt().toEpochMilli());
  }

  private static void write(JsonGenerator json, String name, String text) throws IOException {
    json.writeStringField(name, paired(text));
  }

  private static void write(JsonGenerator json, String name, Map<String, String> map)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      write(json, paired(entry.getKey()), entry.getValue());
    }
    json.writeEndObject();
  }

  /// Returns the text with `?` for half a surrogate pair, which is no character and has no UTF-8. A
  /// caller can still send one, as a JSON escape.
  private static String paired(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(UTF_8), UTF_8);
      }
    }
    return text;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
