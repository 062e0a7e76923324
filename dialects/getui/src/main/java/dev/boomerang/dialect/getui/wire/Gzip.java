// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Reads and writes gzip: batches and lists come compressed. Who sends gzip is answered in gzip,
/// since the libraries of C# and Python decompress every answer.
final class Gzip {
  /// Limits a decompressed body to the size of 5000 messages, the most that one call has.
  static final int MAX_BYTES = 32 * 1024 * 1024;

  private static final int CHUNK = 64 * 1024;

  private static final String ENCODING = "Content-Encoding";

  private Gzip() {}

  /// Returns whether the answer must be gzip. The header alone decides it too, since a proxy may
  /// have decompressed the body and left the header.
  static boolean isRequested(Call call) {
    return call.header(ENCODING).filter("gzip"::equalsIgnoreCase).isPresent()
        || isCompressed(call.body().bytes());
  }

  /// Returns whether bytes begin as gzip does (RFC 1952, 2.3.1). It does not ask the header.
  static boolean isCompressed(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b;
  }

  /// Returns the decompressed body as a stream, which throws [InvalidFieldException] once it is too
  /// long.
  static InputStream decompressingStream(Body body) throws IOException {
    var packed = new ByteArrayInputStream(body.bytes());
    return isCompressed(body.bytes()) ? new LimitedStream(new GZIPInputStream(packed)) : packed;
  }

  /// Counts the decompressed bytes and refuses those after [#MAX_BYTES], so that a small body
  /// cannot unpack to an endless one.
  private static final class LimitedStream extends FilterInputStream {
    private long read;

    LimitedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = super.read(to, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int more) {
      read += more;
      if (read > MAX_BYTES) {
        throw new InvalidFieldException("body", Kind.OUT_OF_RANGE, "is too long");
      }
    }
  }

  /// Returns the decompressed body; the same one if a proxy has already decompressed it.
  static Body decompress(Body body) {
    if (!isCompressed(body.bytes())) {
      return body;
    }
    try (InputStream in = decompressingStream(body)) {
      var plain = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        // Twice: what there is, and its copy while it grows.
        CallMemory.charge(2L * read);
        plain.write(chunk, 0, read);
      }
      return Body.of(plain.toByteArray());
    } catch (IOException _) {
      throw new InvalidFieldException("body", Kind.MALFORMED, "must be gzip");
    }
  }

  /// Returns the reply in gzip, with the header that says so.
  static Reply compress(Reply reply) {
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
