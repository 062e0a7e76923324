// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.device;

import static dev.boomerang.dialect.mpaas.error.ResultCode.NEED_USERID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.action.PushResult;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.app.App;
import dev.boomerang.model.registration.Registration;
import java.util.List;
import java.util.Optional;

/// Binds a user to a device. A device has one user, the one bound last; a user may have any number
/// of devices.
///
/// `PhoneNumber` is accepted and not kept: there is nothing here that would use it. `Data` is the
/// registration id.
public final class PushBind implements ApiAction {
  static final String USER_ID = "UserId";

  private final DeliveryTokenResolver tokens;

  public PushBind(DeliveryTokenResolver tokens) {
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return "PushBind";
  }

  @Override
  public List<String> mandatory() {
    return List.of(DeliveryTokenResolver.DELIVERY_TOKEN, DeliveryTokenResolver.OS_TYPE, USER_ID);
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    String user = params.required(USER_ID, NEED_USERID, ActionParams.MAX_TARGET_LENGTH);
    Registration registration = tokens.findOrCreate(app, params);
    tokens.update(
        registration, before -> before.with(before.profile().withUser(Optional.of(user))));
    return PushResult.ok(registration.id().value());
  }
}
