// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// vivo's push server API: [VivoDialect] maps every call to its route. What a family of calls does
/// lives in the sub-package of that family; this package has nothing but the wiring.
package dev.boomerang.dialect.vivo;
