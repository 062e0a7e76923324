// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.NEED_USERID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.app.App;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import java.util.List;
import java.util.Optional;

/// Ends the binding of a user and a device. Where there is none it changes nothing and succeeds: an
/// unbinding that comes late must not take the device from whoever was bound since. `Data` is the
/// registration id.
final class PushUnBind implements Action {
  private final DeliveryTokens tokens;

  PushUnBind(DeliveryTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return "PushUnBind";
  }

  @Override
  public List<String> mandatory() {
    return List.of(DeliveryTokens.DELIVERY_TOKEN, PushBind.USER_ID);
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    Registration registration = tokens.known(app, args);
    String user = args.filled(PushBind.USER_ID, NEED_USERID);
    tokens.update(registration, before -> before.with(without(user, before.profile())));
    return PushResult.ok(registration.id().value());
  }

  private static Profile without(String user, Profile profile) {
    return profile.userId().equals(Optional.of(user))
        ? profile.withUser(Optional.empty())
        : profile;
  }
}
