// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Takes back what was pushed, and stops what has not gone out.
package dev.boomerang.engine.recall;
