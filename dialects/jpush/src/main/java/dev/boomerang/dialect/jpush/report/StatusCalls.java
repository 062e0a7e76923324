// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.TimeFormats;
import dev.boomerang.dialect.jpush.device.DeviceSelectors;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;

/// Serves `/v3/status/message`, which tells whether a message reached certain devices.
///
/// Source: JPush "Report API v3", status of a message.
public final class StatusCalls {
  private static final int DELIVERED = 0;
  private static final int NOT_DELIVERED = 1;
  private static final int FOREIGN = 2;
  private static final int NO_TARGET = 3;

  private final Tasks tasks;
  private final ReportCalls reports;
  private final DeviceSelectors deviceSelectors;

  public StatusCalls(Tasks tasks, ReportCalls reports, DeviceSelectors deviceSelectors) {
    this.tasks = tasks;
    this.reports = reports;
    this.deviceSelectors = deviceSelectors;
  }

  /// `date` is that of the push and says nothing that the id does not.
  public Reply show(Caller caller, Call call) {
    Fields body = Fields.of(call.body(), "the body");
    Task task = reports.requireTask(caller, body, "msg_id");
    body.text("date", 10)
        .filter(date -> TimeFormats.day(date).isEmpty())
        .ifPresent(
            _ -> {
              throw body.invalid("date", Kind.MALFORMED, "must be as yyyy-MM-dd");
            });
    DeviceSelectors.IdLookup idLookup =
        deviceSelectors.registrations(caller, body, "registration_ids");
    if (idLookup.isEmpty()) {
      throw body.invalid("registration_ids", Kind.MISSING, "must be given");
    }
    ObjectNode answer = Json.object();
    idLookup.unknown().forEach(id -> put(answer, id, FOREIGN));
    for (Registration device : idLookup.known()) {
      put(
          answer,
          device.id().value(),
          tasks
              .delivery(caller.app().id(), task.id(), device.id())
              .map(StatusCalls::status)
              .orElse(NO_TARGET));
    }
    return Reply.json(200, Json.write(answer));
  }

  private static void put(ObjectNode answer, String id, int status) {
    answer.putObject(id).put("status", status);
  }

  private static int status(Delivery delivery) {
    return DeliveryFunnel.of(delivery.state()).arrived() > 0 ? DELIVERED : NOT_DELIVERED;
  }
}
