// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.signature;

import dev.boomerang.model.app.Secret;

/// A call's claims about itself, in either of the two schemes, and their signature. Do not trust
/// the fields before [#verify] has returned.
public sealed interface RequestSignature permits RpcSignature, Acs3Signature {

  /// `timestamp` and `nonce` as they came.
  record Fields(String keyId, String action, String version, String timestamp, String nonce) {}

  Fields fields();

  /// Throws [GatewayException][dev.boomerang.dialect.mpaas.error.GatewayException] unless the
  /// holder of `secret` signed exactly this call. Takes the same time for any wrong signature.
  void verify(Secret secret);
}
