// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Registers devices and changes what is known of them.
package dev.boomerang.engine.registration;
