// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.model.app.Secret;

/// What a call says about itself, in either of the two schemes, and the proof of it. Until
/// [#verify] returns, none of it can be believed.
sealed interface Claim permits RpcClaim, Acs3Claim {

  /// `timestamp` and `nonce` as they came.
  record Said(String keyId, String action, String version, String timestamp, String nonce) {}

  Said said();

  /// Throws [GatewayFault] unless the holder of `secret` signed exactly this call. Takes the same
  /// time for any wrong signature.
  void verify(Secret secret);
}
