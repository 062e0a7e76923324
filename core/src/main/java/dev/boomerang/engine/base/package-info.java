// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Parts that all of the engine needs: apps and their keys, sealed secrets, ids, limits, and tasks
/// that run again and again. This package sees no other package of the engine.
package dev.boomerang.engine.base;
