// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The engine, put together over a store: what dialects and the gateway may use. The work itself is
/// in the packages below, one for each subject.
package dev.boomerang.engine;
