// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.boomerang.model.text.WellFormedText;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.text.TextCheck;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a `multipart/form-data` body (RFC 7578). It ignores what stands before the first boundary:
/// JPush's Java client writes an empty line there.
final class MultipartBody {
  private static final Pattern BOUNDARY =
      Pattern.compile(";\\s*boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME = parameter("name");
  private static final Pattern FILE_NAME = parameter("filename");
  private static final String END_OF_HEAD = "\r\n\r\n";

  /// `fileName` is empty for a plain field.
  record Part(String fileName, String text) {}

  private MultipartBody() {}

  private static Pattern parameter(String name) {
    return Pattern.compile(";\\s*" + name + "=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
  }

  /// The parts by name, of several with one name the first; empty if the body is none or breaks
  /// off.
  static Optional<Map<String, Part>> read(Call call) {
    return call.header("Content-Type")
        .map(BOUNDARY::matcher)
        .filter(Matcher::find)
        .map(found -> Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2)))
        .flatMap(boundary -> parts(latin(call), "--" + boundary));
  }

  /// Returns the body as one character for each byte, so that positions can be counted.
  private static String latin(Call call) {
    return new String(call.body().bytes(), ISO_8859_1);
  }

  private static Optional<Map<String, Part>> parts(String body, String delimiter) {
    Map<String, Part> parts = new LinkedHashMap<>();
    String next = "\r\n" + delimiter;
    int at = body.startsWith(delimiter) ? 0 : body.indexOf(next) + 2;
    if (at == 1) {
      return Optional.empty();
    }
    while (!body.startsWith("--", at + delimiter.length())) {
      int head = body.indexOf("\r\n", at + delimiter.length()) + 2;
      int content = body.indexOf(END_OF_HEAD, head - 2) + END_OF_HEAD.length();
      int end = body.indexOf(next, content - 2);
      if (head == 1 || content < END_OF_HEAD.length() || end < 0) {
        return Optional.empty();
      }
      add(parts, utf8(body.substring(head, content)), body, content, end);
      at = end + 2;
    }
    return Optional.of(parts);
  }

  private static void add(Map<String, Part> parts, String head, String body, int content, int end) {
    String text = end < content ? "" : utf8(body.substring(content, end));
    first(NAME, head)
        .ifPresent(
            name ->
                parts.putIfAbsent(
                    TextCheck.check("name", name),
                    new Part(
                        TextCheck.check("filename", first(FILE_NAME, head).orElse("")),
                        TextCheck.check(name, text))));
  }

  private static Optional<String> first(Pattern pattern, String head) {
    return Optional.of(pattern.matcher(head)).filter(Matcher::find).map(it -> it.group(1));
  }

  private static String utf8(String latin) {
    return WellFormedText.decode(latin.getBytes(ISO_8859_1));
  }
}
