// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// What tests share: the contracts every implementation of a port runs, a clock moved by hand,
/// builders in the words of the domain.
package dev.boomerang.kit;
