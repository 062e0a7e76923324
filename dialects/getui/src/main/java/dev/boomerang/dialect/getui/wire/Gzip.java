// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.web.Body;
import dev.boomerang.web.Call;
import dev.boomerang.web.FieldFault;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Batches and lists come compressed. Who sends that way is answered that way: C#'s and Python's
/// libraries decompress whatever comes.
final class Gzip {
  /// Of 5000 messages, which is the most there are in one call.
  static final int MOST = 32 * 1024 * 1024;

  private static final String ENCODING = "Content-Encoding";

  private Gzip() {}

  static boolean isAsked(Call call) {
    return call.header(ENCODING).filter("gzip"::equalsIgnoreCase).isPresent()
        || isCompressed(call.body().bytes());
  }

  private static boolean isCompressed(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b;
  }

  /// Plain already if something on the way has decompressed it.
  static Body plain(Body body) {
    if (!isCompressed(body.bytes())) {
      return body;
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body.bytes()))) {
      byte[] plain = in.readNBytes(MOST + 1);
      if (plain.length > MOST) {
        throw new FieldFault("body", Kind.OUT_OF_RANGE, "is too long");
      }
      return Body.of(plain);
    } catch (IOException _) {
      throw new FieldFault("body", Kind.MALFORMED, "must be gzip");
    }
  }

  static Reply compressed(Reply reply) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(reply.body().bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return new Reply(
        reply.status(), reply.headers().with(ENCODING, "gzip"), Body.of(bytes.toByteArray()));
  }
}
