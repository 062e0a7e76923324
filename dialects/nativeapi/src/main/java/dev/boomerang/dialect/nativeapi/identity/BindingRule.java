// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.identity;

import dev.boomerang.dialect.nativeapi.base.IdentityException;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.registration.Profile;
import java.util.Optional;

/// Decides whether a device may be bound as it asks. In the open mode it may; in the signed mode a
/// user or an alias that is new to the registration needs a token that names it. What stays as it
/// was, and what is taken away, needs none.
public final class BindingRule {
  private static final String USER = "userId";
  private static final String ALIAS = "alias";

  private BindingRule() {}

  /// Throws [IdentityException] if the change from `before` to `after` is not allowed. `claims` are
  /// those of a token that is good for this device.
  public static void check(
      IdentityMode mode, Profile before, Profile after, Optional<IdentityClaims> claims) {
    switch (mode) {
      case OPEN -> {}
      case SIGNED -> {
        boolean newUser = isNew(before.userId(), after.userId());
        boolean newAlias = isNew(before.alias(), after.alias());
        if (newUser || newAlias) {
          IdentityClaims shown = claims.orElseThrow(() -> required(newUser ? USER : ALIAS));
          checkUser(after, shown);
          if (newAlias) {
            checkAlias(after, shown);
          }
        }
      }
    }
  }

  private static boolean isNew(Optional<String> before, Optional<String> after) {
    return after.isPresent() && !after.equals(before);
  }

  /// Checks the user, also where only the alias is new: a token of one user gives no alias to
  /// another's device.
  private static void checkUser(Profile after, IdentityClaims claims) {
    if (after.userId().filter(user -> !user.equals(claims.user())).isPresent()) {
      throw mismatch(USER, "sub");
    }
  }

  private static void checkAlias(Profile after, IdentityClaims claims) {
    if (!after.alias().equals(claims.alias())) {
      throw mismatch(ALIAS, ALIAS);
    }
  }

  public static IdentityException required(String field) {
    return new IdentityException(
        NativeError.IDENTITY_TOKEN_REQUIRED,
        field,
        field + ": this app asks for an identity token of its back end (identityToken)");
  }

  public static IdentityException mismatch(String field, String claim) {
    return new IdentityException(
        NativeError.IDENTITY_MISMATCH,
        field,
        field + ": the identity token is for another one (" + claim + ")");
  }
}
