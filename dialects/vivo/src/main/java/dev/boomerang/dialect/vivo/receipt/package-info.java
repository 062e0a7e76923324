// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The receipts that are posted to the callback URL of a message. Which messages have such a URL is
/// read in `request`, not here.
package dev.boomerang.dialect.vivo.receipt;
