// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Holds the endpoints that list, cancel and recall schedules. A schedule is made by the endpoint
/// for pushes, in the package `push`.
package dev.boomerang.dialect.nativeapi.schedule;
