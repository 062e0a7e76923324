// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The tag API (`/tag`, `/tagGroup`, `/tagSegment`): what an app keeps about its tags, and the tags
/// of its devices. No call here sends a push.
package dev.boomerang.dialect.vivo.tag;
