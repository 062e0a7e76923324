// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Optional;

/// The host and the port that an http or https address names. [URI#getHost] knows host names of the
/// strict form alone; the names of containers and of many internal machines have an underscore,
/// which RFC 3986 (3.2.2, reg-name) and name servers take.
///
/// `host` is in ASCII: a name as name servers know it (`xn--…`), an IPv4 address, or an IPv6
/// address in brackets.
public record UrlAuthority(String host, int port) {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /// Returns the authority of an address, with the scheme's own port where none is given. Empty if
  /// the scheme is another one, or the authority has a user, no host, a host that is neither a name
  /// nor an address, or a port out of range.
  public static Optional<UrlAuthority> of(URI url) {
    Optional<Integer> usual = usualPort(url);
    String authority = url.getRawAuthority();
    if (usual.isEmpty() || authority == null || authority.indexOf('@') >= 0) {
      return Optional.empty();
    }
    int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.lastIndexOf(':');
    String host = end < 0 ? authority : authority.substring(0, end);
    String rest = authority.substring(host.length());
    return port(rest, usual.get())
        .flatMap(port -> host(url, host).map(name -> new UrlAuthority(name, port)));
  }

  private static Optional<Integer> usualPort(URI url) {
    return "http".equalsIgnoreCase(url.getScheme())
        ? Optional.of(HTTP_PORT)
        : "https".equalsIgnoreCase(url.getScheme()) ? Optional.of(HTTPS_PORT) : Optional.empty();
  }

  /// Reads what is behind the host: nothing, `:`, or `:` and a number.
  private static Optional<Integer> port(String rest, int usual) {
    if (rest.isEmpty() || rest.equals(":")) {
      return Optional.of(usual);
    }
    boolean isNumber = rest.substring(1).chars().allMatch(c -> c >= '0' && c <= '9');
    if (rest.charAt(0) != ':' || !isNumber) {
      return Optional.empty();
    }
    try {
      int port = Integer.parseInt(rest, 1, rest.length(), 10);
      return port >= 1 && port <= MAX_PORT ? Optional.of(port) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Reads a host. The address in brackets was checked when the URI was parsed; one with a zone is
  /// of this machine's network card, and no callback is there.
  private static Optional<String> host(URI url, String host) {
    if (host.startsWith("[")) {
      return url.getHost() == null || host.indexOf('%') >= 0 ? Optional.empty() : Optional.of(host);
    }
    try {
      String ascii = IDN.toASCII(URLDecoder.decode(host.replace("+", "%2B"), UTF_8));
      return isName(ascii) ? Optional.of(ascii) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Returns whether a name server could know a name: labels of letters, digits, hyphens and
  /// underscores.
  private static boolean isName(String name) {
    String labels = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (labels.isEmpty() || labels.length() > MAX_NAME) {
      return false;
    }
    for (String label : labels.split("\\.", -1)) {
      if (label.isEmpty()
          || label.length() > MAX_LABEL
          || !label.chars().allMatch(c -> isName(c))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isName(int c) {
    boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return isLetter || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }
}
