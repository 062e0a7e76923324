// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.SuccessResponse;

/// Answers `/invalidUser/check`.
///
/// Source: vivo "失效id查询".
public final class InvalidUserCalls {
  private static final int MAX_USERS = 100;

  private final UserLookup userLookup;

  public InvalidUserCalls(UserLookup userLookup) {
    this.userLookup = userLookup;
  }

  /// Returns the names of those users that no message would reach. Unlike other endpoints, this one
  /// gives no reasons.
  public ObjectNode check(AuthenticatedCall call) {
    ObjectNode json = SuccessResponse.create();
    ArrayNode invalid = json.putArray("invalidUsers");
    UserSelector selector = UserSelector.read(call.fields(), "userType", "userIds", MAX_USERS);
    userLookup.find(call.appId(), selector).stream()
        .filter(user -> !user.isReachable())
        .map(User::name)
        .forEach(invalid::add);
    return json;
  }
}
