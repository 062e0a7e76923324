// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The schedule API (`/v3/schedules`): creates, changes, lists and deletes schedules, and parses
/// their triggers.
package dev.boomerang.dialect.jpush.schedule;
