// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The file and image APIs (`/v3/files`, `/v3/images`): what is uploaded for later pushes, and how
/// a multipart body is parsed. Pushes find uploads through the types in `request`.
package dev.boomerang.dialect.jpush.file;
