// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.JsonMembers;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/// Reads the members of a long body that say who sends it, without keeping the rest: a body of a
/// few kilobytes may decompress to many megabytes, and its tree is larger still.
final class LongBodyReader {
  /// Is the length in bytes up to which a body is read whole before its caller is known.
  private static final int MAX_SHORT = 16 * 1024;

  /// Lists the members by which [LoginSessions] knows a caller.
  private static final Set<String> CALLER_MEMBERS =
      Set.of("action", "appkey", "authToken", "version");

  private LongBodyReader() {}

  /// Returns whether a body is long, or may become long when decompressed.
  static boolean isLong(Body body) {
    return body.bytes().length > MAX_SHORT || Gzip.isCompressed(body.bytes());
  }

  /// Returns the caller's members; throws [InvalidFieldException] if the body cannot be read, or
  /// decompresses to more than a request may have.
  static Fields callerFields(Body body) {
    try (InputStream plain = Gzip.decompressingStream(body)) {
      return Fields.of(
          JsonMembers.read(plain, CALLER_MEMBERS, LenientFields.MAX_NAME)
              .orElseThrow(
                  () ->
                      new InvalidFieldException("body", Kind.MALFORMED, "must be a JSON object")));
    } catch (IOException _) {
      throw new InvalidFieldException("body", Kind.MALFORMED, "must be gzip");
    }
  }
}
