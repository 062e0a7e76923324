// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.device;

import static dev.boomerang.dialect.mpaas.error.ResultCode.NEED_USERID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.action.PushResult;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.app.App;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import java.util.List;
import java.util.Optional;

/// Ends the binding of a user and a device. Where there is none it changes nothing and succeeds: an
/// unbinding that comes late must not take the device from whoever was bound since. `Data` is the
/// registration id.
public final class PushUnBind implements ApiAction {
  private final DeliveryTokenResolver tokens;

  public PushUnBind(DeliveryTokenResolver tokens) {
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return "PushUnBind";
  }

  @Override
  public List<String> mandatory() {
    return List.of(DeliveryTokenResolver.DELIVERY_TOKEN, PushBind.USER_ID);
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    Registration registration = tokens.find(app, params);
    String user = params.required(PushBind.USER_ID, NEED_USERID);
    tokens.update(registration, before -> before.with(withoutUser(user, before.profile())));
    return PushResult.ok(registration.id().value());
  }

  private static Profile withoutUser(String user, Profile profile) {
    return profile.userId().equals(Optional.of(user))
        ? profile.withUser(Optional.empty())
        : profile;
  }
}
