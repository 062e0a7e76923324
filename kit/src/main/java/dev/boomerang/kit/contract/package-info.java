// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// What every store promises, as tests: an implementation runs each contract in a nested class of
/// its own test.
package dev.boomerang.kit.contract;
