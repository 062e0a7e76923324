// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Holds the endpoints that show and change registrations for an app's back end. What a device may
/// do itself is in the package `device`.
package dev.boomerang.dialect.nativeapi.registration;
