// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Defines the life of a delivery: its states, its events and the one pure machine that moves it.
/// Nothing here has a clock, a store or I/O.
package dev.boomerang.lifecycle;
