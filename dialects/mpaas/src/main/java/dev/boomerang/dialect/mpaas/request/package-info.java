// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The parameters of a call: decoded once, as they came ([RequestParams]), and read by the rules of
/// an action ([ActionParams] and the readers of common parameters). Parameters that only one family
/// of actions knows belong to that family.
@NullMarked
package dev.boomerang.dialect.mpaas.request;

import org.jspecify.annotations.NullMarked;
