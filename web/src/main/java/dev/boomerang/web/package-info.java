// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Routes of a server, the dialects they belong to, and refusals and error answers. Nothing here
/// knows a vendor, the engine or an HTTP library.
package dev.boomerang.web;
