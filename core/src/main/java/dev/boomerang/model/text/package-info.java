// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Rules about texts: what they are, and how they are counted and hashed. Every other package of
/// the model builds on them. This package sees the JDK only.
package dev.boomerang.model.text;
