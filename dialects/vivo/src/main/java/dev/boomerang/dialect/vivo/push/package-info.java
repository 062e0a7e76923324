// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The message API (`/message/send`, `/message/all` and the like): submits pushes to one user, to
/// lists, to tags and to everyone, each once for its request id. Messages are parsed in `request`,
/// and recalled in `recall`, not here.
package dev.boomerang.dialect.vivo.push;
