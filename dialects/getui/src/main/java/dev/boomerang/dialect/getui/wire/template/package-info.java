// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// How V1 libraries put a message together: chains of actions, read by their types into what a
/// device shows. Requests and results are not here.
package dev.boomerang.dialect.getui.wire.template;
