// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The mPaaS MPS OpenAPI, so that unmodified Aliyun clients work when only their endpoint changes.
/// This package holds the dialect's settings and puts its parts together; the parts live below.
///
/// There are two layers, as at the vendor. The *gateway* (`gateway`, `signature`) knows keys,
/// signatures, clocks and nonces and answers with gateway errors, HTTP 400 and above. The *service*
/// behind it (one `ApiAction` per file) answers HTTP 200 with a result code. A parameter that is
/// absent is an error of the gateway, one that is blank or wrong an error of the service.
///
/// A call is checked in this order. The first error is the answer, and nothing has happened then:
/// 1. `Format`, the HTTP method, the common parameters (absent, then of a known kind)
/// 2. the key, known and active; the timestamp; the signature; from here on the caller is known
/// 3. the rate; the nonce, which a call uses up only here
/// 4. version, action, the action's mandatory parameters, UTF-8
/// 5. `AppId` and `WorkspaceId`: those of the key's app and no other (*Isolated*)
/// 6. the action's own rules
@NullMarked
package dev.boomerang.dialect.mpaas;

import org.jspecify.annotations.NullMarked;
