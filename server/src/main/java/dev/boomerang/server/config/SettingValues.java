// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.text.WellFormedText;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The values of all settings, read with their rules. Every reader throws
/// [InvalidSettingException].
final class SettingValues {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");

  /// Matches a password as people write one into a database's address.
  private static final Pattern PASSWORD =
      Pattern.compile("(?<=//[^/@]{0,99}:)[^/@]+(?=@)|(?i)(?<=password=)[^&]+");

  private static final String OFF = "off";

  /// `source` completes "from …".
  record Value(String text, String source) {}

  private final Map<String, Value> all;
  private final Set<String> secrets = new HashSet<>();
  private final Set<String> asked = new HashSet<>();

  SettingValues(Map<String, Value> all) {
    this.all = Map.copyOf(all);
    SettingCatalogue.settings().stream()
        .filter(SettingCatalogue.Setting::isSecret)
        .map(SettingCatalogue.Setting::name)
        .forEach(secrets::add);
  }

  /// The settings that were read so far.
  Set<String> asked() {
    return Set.copyOf(asked);
  }

  String text(String name) {
    asked.add(name);
    String text = value(name).text().strip();
    WellFormedText.problem(text)
        .ifPresent(
            problem -> {
              throw fault(name, problem);
            });
    return text;
  }

  String requiredText(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      throw fault(name, "must not be empty");
    }
    return text;
  }

  Optional<Secret> secret(String name) {
    String text = text(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text));
  }

  int number(String name, int min, int max) {
    String text = text(name);
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below, with the range.
    }
    throw fault(name, "must be a whole number from " + min + " to " + max);
  }

  int port(String name) {
    return number(name, 0, 65_535);
  }

  OptionalInt portOrOff(String name) {
    return text(name).equals(OFF) ? OptionalInt.empty() : OptionalInt.of(port(name));
  }

  Duration duration(String name, Duration min, Duration max) {
    Matcher matcher = DURATION.matcher(text(name));
    if (!matcher.matches()) {
      throw fault(name, "must be a duration such as 250ms, 30s, 15m, 1h or 7d");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      throw fault(name, "must be from " + words(min) + " to " + words(max));
    }
    return duration;
  }

  /// Returns a size in bytes; empty for `word`.
  OptionalLong sizeOr(String name, String word, long min, long max) {
    return text(name).equals(word) ? OptionalLong.empty() : OptionalLong.of(bytes(name, min, max));
  }

  /// Returns a size in bytes.
  int size(String name, int min, int max) {
    return (int) bytes(name, min, max);
  }

  private long bytes(String name, long min, long max) {
    Matcher matcher = SIZE.matcher(text(name));
    if (!matcher.matches()) {
      throw fault(name, "must be a size such as 512B, 64KiB or 2MiB");
    }
    long unit =
        switch (matcher.group(2)) {
          case "B" -> 1L;
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          default -> 1L << 30;
        };
    long bytes = Long.parseLong(matcher.group(1)) * unit;
    if (bytes < min || bytes > max) {
      throw fault(name, "must be from " + min + "B to " + max + "B");
    }
    return bytes;
  }

  /// Returns the value, which must be one of these words.
  String choice(String name, List<String> words) {
    String text = text(name);
    if (!words.contains(text)) {
      throw fault(name, "must be one of " + String.join(", ", words));
    }
    return text;
  }

  /// Words between commas.
  Set<String> words(String name) {
    return Stream.of(text(name).split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// `name=address` between commas, addresses of http or https.
  Map<String, URI> addresses(String name) {
    Map<String, URI> addresses = new HashMap<>();
    for (String word : words(name)) {
      int equals = word.indexOf('=');
      Optional<URI> address =
          equals < 1 ? Optional.empty() : Webhook.url(word.substring(equals + 1).strip());
      if (address.isEmpty()
          || addresses.putIfAbsent(word.substring(0, equals).strip(), address.get()) != null) {
        throw fault(name, "must be a list such as 7=https://push.example.com/receipts");
      }
    }
    return addresses;
  }

  /// Between two times of day.
  record TimeSpan(LocalTime from, LocalTime to) {}

  /// Empty if none is given.
  Optional<TimeSpan> timeSpan(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] ends = text.split("-", 2);
    try {
      if (ends.length == 2) {
        return Optional.of(
            new TimeSpan(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip())));
      }
    } catch (DateTimeException _) {
      // Told below.
    }
    throw fault(name, "must be two times of day such as 07:00-23:00");
  }

  ZoneId zone(String name) {
    try {
      return ZoneId.of(text(name));
    } catch (DateTimeException _) {
      throw fault(name, "must be a time zone such as Asia/Shanghai or UTC");
    }
  }

  Path path(String name) {
    return toPath(name, requiredText(name));
  }

  Optional<Path> optionalPath(String name) {
    String text = text(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(toPath(name, text));
  }

  /// A file that can be read; empty if none is named.
  Optional<Path> file(String name) {
    Optional<Path> path = optionalPath(name);
    if (path.isPresent() && !Files.isReadable(path.get())) {
      throw fault(name, "must be a file that can be read");
    }
    return path;
  }

  private Path toPath(String name, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException _) {
      throw fault(name, "must be a path");
    }
  }

  /// Makes something of several settings. The rule that its constructor finds broken is told with
  /// all of them.
  <T> T together(List<String> names, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          String.join(", ", names.stream().map(this::told).toList()) + ": " + e.getMessage());
    }
  }

  InvalidSettingException fault(String name, String rule) {
    return new InvalidSettingException(told(name) + ": " + rule);
  }

  private String told(String name) {
    Value value = value(name);
    String shown =
        secrets.contains(name) ? "***" : PASSWORD.matcher(value.text()).replaceAll("***");
    return name + "=" + WellFormedText.visible(shown) + " from " + value.source();
  }

  private Value value(String name) {
    return Optional.ofNullable(all.get(name))
        .orElseThrow(() -> new IllegalStateException("boomerang.properties has no " + name));
  }

  private static String words(Duration duration) {
    if (duration.toMillis() % 1_000 != 0) {
      return duration.toMillis() + "ms";
    }
    return duration.toSeconds() % 86_400 == 0 && !duration.isZero()
        ? duration.toDays() + "d"
        : duration.toSeconds() + "s";
  }
}
