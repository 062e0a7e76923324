// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Authentication: the endpoint that gives out access tokens (`/message/auth`), the tokens, and the
/// check of each later call for one. No other family of calls is known here.
package dev.boomerang.dialect.vivo.auth;
