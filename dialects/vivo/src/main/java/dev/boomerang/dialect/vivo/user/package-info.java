// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The users that calls name by registration id or alias: how they are read and looked up, why one
/// cannot be reached, and the endpoint that checks them (`/invalidUser`).
package dev.boomerang.dialect.vivo.user;
