// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.text.WellFormedText;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.limit.CallMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds the parameters of the query and of the form together, because clients put them in either.
/// If two have the same name, the later one counts, for the signature as for the action.
///
/// Everything is decoded once, into one array; signatures are made from its bytes and not from the
/// texts, so that a caller who sends another charset passes the signature and is told what is
/// really wrong.
public final class RequestParams {
  private static final int PARAM_BYTES = 200;

  private static final String FORM = "application/x-www-form-urlencoded";

  /// A parameter. Its bytes are as the caller sent them, in any charset; its text is their reading
  /// as UTF-8.
  public final class Param {
    private final String name;
    private final int start;
    private final int end;
    private final String text;

    private Param(String name, int start, int end) {
      this.name = name;
      this.start = start;
      this.end = end;
      this.text = textBetween(start, end);
    }

    public String name() {
      return name;
    }

    public String text() {
      return text;
    }

    public int byteLength() {
      return end - start;
    }

    public boolean isUtf8() {
      return text.indexOf('\uFFFD') < 0
          || Arrays.equals(text.getBytes(UTF_8), Arrays.copyOfRange(decoded, start, end));
    }

    /// Writes the value, percent-encoded, to `to` at `at`; returns where it ended.
    public int encode(byte[] to, int at) {
      return PercentEncoding.encode(decoded, start, end, to, at);
    }

    public int encodeTwice(byte[] to, int at) {
      return PercentEncoding.encodeTwice(decoded, start, end, to, at);
    }
  }

  private final Map<String, Param> byName = new HashMap<>(64);
  private final List<Param> query = new ArrayList<>();
  private final byte[] decoded;
  private int used;
  private boolean dotted;

  private RequestParams(int bytes) {
    decoded = new byte[bytes];
  }

  public static RequestParams of(Call call) {
    byte[] query = call.query().getBytes(UTF_8);
    byte[] form = isForm(call) ? call.body().bytes() : new byte[0];
    CallMemory.charge(cost(query) + cost(form));
    var requestParams = new RequestParams(query.length + form.length);
    requestParams.read(query);
    requestParams.query.addAll(requestParams.byName.values());
    requestParams.read(form);
    return requestParams;
  }

  /// Returns how much memory a list of parameters takes, in bytes: the list itself, its decoding,
  /// its texts, and an entry for each parameter.
  private static long cost(byte[] raw) {
    long count = 1;
    for (byte b : raw) {
      count += b == '&' ? 1 : 0;
    }
    return 3L * raw.length + count * PARAM_BYTES;
  }

  /// Some clients send no content type with an empty body.
  private static boolean isForm(Call call) {
    return call.header("Content-Type")
        .map(type -> type.regionMatches(true, 0, FORM, 0, FORM.length()))
        .orElse(true);
  }

  private void read(byte[] raw) {
    int start = 0;
    while (start < raw.length) {
      int end = indexOf(raw, (byte) '&', start, raw.length);
      if (end > start) {
        int equals = indexOf(raw, (byte) '=', start, end);
        int nameEnd = PercentEncoding.decode(raw, start, equals, decoded, used);
        String name = WellFormedText.decode(decoded, used, nameEnd);
        int valueEnd = PercentEncoding.decode(raw, Math.min(equals + 1, end), end, decoded, used);
        byName.put(name, new Param(name, used, valueEnd));
        dotted |= name.indexOf('.') >= 0;
        used = valueEnd;
      }
      start = end + 1;
    }
  }

  private String textBetween(int start, int end) {
    return new String(decoded, start, end - start, UTF_8);
  }

  private static int indexOf(byte[] in, byte wanted, int start, int end) {
    int at = start;
    while (at < end && in[at] != wanted) {
      at++;
    }
    return at;
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(byName.get(name)).map(Param::text);
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /// Returns whether any name has a dot, as parts of a list or an object have.
  boolean hasDottedNames() {
    return dotted;
  }

  public Collection<Param> all() {
    return byName.values();
  }

  /// Returns the parameters of the query alone.
  public List<Param> query() {
    return query;
  }
}
