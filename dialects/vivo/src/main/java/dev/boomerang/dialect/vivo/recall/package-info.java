// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The recall API (`/message/recycle`). Nothing here sends a message.
package dev.boomerang.dialect.vivo.recall;
