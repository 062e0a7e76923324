// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The life of a delivery: its states, its events and the one pure machine that moves it. No clock,
/// no store, no I/O.
package dev.boomerang.lifecycle;
