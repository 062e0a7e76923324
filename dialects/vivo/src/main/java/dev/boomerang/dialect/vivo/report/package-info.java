// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The report API (`/report`, `/search`): reads statistics, review results and quotas. Nothing here
/// changes state.
package dev.boomerang.dialect.vivo.report;
