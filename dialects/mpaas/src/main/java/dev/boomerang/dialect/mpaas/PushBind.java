// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.NEED_USERID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.app.App;
import dev.boomerang.model.registration.Registration;
import java.util.List;
import java.util.Optional;

/// Binds a user to a device. A device has one user, the one bound last; a user may have any number
/// of devices.
///
/// `PhoneNumber` is accepted and not kept: there is nothing here that would use it. `Data` is the
/// registration id.
final class PushBind implements Action {
  static final String USER_ID = "UserId";

  private final DeliveryTokens tokens;

  PushBind(DeliveryTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return "PushBind";
  }

  @Override
  public List<String> mandatory() {
    return List.of(DeliveryTokens.DELIVERY_TOKEN, DeliveryTokens.OS_TYPE, USER_ID);
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    String user = args.filled(USER_ID, NEED_USERID, Targets.MAX_NAME);
    Registration registration = tokens.knownOrNew(app, args);
    tokens.update(
        registration, before -> before.with(before.profile().withUser(Optional.of(user))));
    return PushResult.ok(registration.id().value());
  }
}
