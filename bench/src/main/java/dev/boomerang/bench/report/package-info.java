// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Options of a run and the figures that come out of it. Nothing here starts or loads a server.
package dev.boomerang.bench.report;
