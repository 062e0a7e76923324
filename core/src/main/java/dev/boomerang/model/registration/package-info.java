// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// A registration is one app on one device: its platform, profile and reachability, and the
/// segments that pick registrations.
package dev.boomerang.model.registration;
