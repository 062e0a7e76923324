// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Reads the messages of V1 libraries: action chains, read by their types into what a device shows.
/// Requests and results are not here.
package dev.boomerang.dialect.getui.wire.template;
