// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Random interleavings of everything that can happen, checked against a model of the promises.
package dev.boomerang.kit.promises;
