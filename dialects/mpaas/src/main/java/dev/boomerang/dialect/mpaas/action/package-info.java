// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Actions, and the shapes of answer that several families of actions share. The actions themselves
/// live in the packages of their families.
@NullMarked
package dev.boomerang.dialect.mpaas.action;

import org.jspecify.annotations.NullMarked;
