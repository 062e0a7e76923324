// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// What texts are and how they are counted and hashed: the rules that every other package of the
/// model builds on. Sees the JDK only.
package dev.boomerang.model.text;
