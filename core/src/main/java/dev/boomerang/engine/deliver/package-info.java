// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Delivers what is stored: connected devices, their mailboxes, routing, the fence, and the only
/// writer of delivery states. What accepts or recalls a push belongs elsewhere.
package dev.boomerang.engine.deliver;
