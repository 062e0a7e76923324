// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.request.RequestBody;
import dev.boomerang.engine.Engine;
import dev.boomerang.model.app.App;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import dev.boomerang.web.text.QueryParameters;
import java.util.Comparator;
import java.util.Optional;

/// `GET /api/v1/registrations?user=`, `GET` and `PATCH /api/v1/registrations/{id}`.
public final class RegistrationCalls {
  private final Engine engine;

  public RegistrationCalls(Engine engine) {
    this.engine = engine;
  }

  public Reply one(App app, Call call) {
    return RegistrationId.parse(call.param("id"))
        .flatMap(id -> engine.registrations().find(app.id(), id))
        .map(found -> Reply.json(200, Json.write(json(found))))
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  /// Changes what only the app's owner may change of a registration.
  public Reply change(App app, Call call) {
    Fields body = RequestBody.of(call);
    Optional<Boolean> given = body.flag("blocked");
    body.refuseUnread();
    boolean blocked =
        given.orElseThrow(() -> body.invalid("blocked", Kind.MISSING, "must be given"));
    return RegistrationId.parse(call.param("id"))
        .flatMap(id -> engine.registrations().find(app.id(), id))
        .flatMap(found -> engine.registrations().block(found.id(), blocked))
        .map(changed -> Reply.json(200, Json.write(json(changed))))
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  /// Returns all registrations bound to a user in the order of their ids; an unknown user has none,
  /// which is no error.
  public Reply ofUser(App app, Call call) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    String user = query.requiredText("user", 512);
    query.refuseUnread();
    var list = Json.array();
    engine.registrations().ofUser(app.id(), user).stream()
        .sorted(Comparator.comparing(Registration::id))
        .forEach(found -> list.add(json(found)));
    return Reply.json(200, Json.write(Json.object().set("registrations", list)));
  }

  private ObjectNode json(Registration found) {
    return RegistrationJson.of(found)
        .put("blocked", found.reachability().blocked())
        .put("connected", engine.registrations().isConnected(found.id()));
  }
}
