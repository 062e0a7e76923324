// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The push API (`/v3/push`, `/v3/grouppush`): submits single, batch, group and template pushes,
/// each once for its cid, and recalls them. Request bodies are parsed in `request`, not here.
package dev.boomerang.dialect.jpush.push;
