// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The admin API (`/v1/app`): creates apps and switches their keys off. It is for the configured
/// developer alone; nothing here acts for an app.
package dev.boomerang.dialect.jpush.admin;
