// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.receipt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.port.WebhookOutbox.PendingEvent;
import dev.boomerang.web.field.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Formats the receipts of a message. The older format, `{taskId: {param, targets}}`, reports
/// arrivals only, and its targets are one text. The vendor does not publish the newer format for
/// ordinary messages; here it names each event.
///
/// Source: vivo "消息送达回执".
public final class ReceiptFormat {
  private ReceiptFormat() {}

  public static String json(Task task, List<PendingEvent> pendingEvents) {
    Map<String, String> params = task.webhook().map(Webhook::params).orElse(Map.of());
    ObjectNode receipt = Json.object();
    if (params.containsKey(ReceiptParams.CALLBACK_PARAM)) {
      receipt.put("param", params.get(ReceiptParams.CALLBACK_PARAM));
    }
    if (params.containsKey(ReceiptParams.CALLBACK_ID)) {
      var events = receipt.putArray("events");
      pendingEvents.forEach(
          pendingEvent ->
              events.add(
                  Json.object()
                      .put("target", ReceiptParams.target(params, pendingEvent.registration()))
                      .put("event", pendingEvent.eventType().name().toLowerCase(Locale.ROOT))
                      .put("time", pendingEvent.at().toEpochMilli())));
    } else {
      receipt.put(
          "targets",
          pendingEvents.stream()
              .map(pendingEvent -> ReceiptParams.target(params, pendingEvent.registration()))
              .distinct()
              .collect(Collectors.joining(",")));
    }
    return Json.write(Json.object().set(task.id().toString(), receipt));
  }
}
