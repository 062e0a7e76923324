// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.Engine;
import dev.boomerang.model.App;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.web.Call;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Query;
import dev.boomerang.web.Reply;
import java.util.Comparator;

/// `GET /api/v1/registrations?user=` and `GET /api/v1/registrations/{id}`.
final class RegistrationViews {
  private final Engine engine;

  RegistrationViews(Engine engine) {
    this.engine = engine;
  }

  Reply one(App app, Call call) {
    return RegistrationId.parse(call.param("id"))
        .flatMap(id -> engine.registrations().find(app.id(), id))
        .map(found -> Reply.json(200, Json.write(json(found))))
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  Reply ofUser(App app, Call call) {
    String user = Fields.of(Query.parse(call.query())).requiredText("user", 512);
    var list = Json.array();
    engine.registrations().ofUser(app.id(), user).stream()
        .sorted(Comparator.comparing(Registration::id))
        .forEach(found -> list.add(json(found)));
    return Reply.json(200, Json.write(Json.object().set("registrations", list)));
  }

  private ObjectNode json(Registration found) {
    return RegistrationJson.of(found)
        .put("connected", engine.registrations().isConnected(found.id()));
  }
}
