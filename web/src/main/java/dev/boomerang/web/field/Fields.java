// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.text.Characters;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import dev.boomerang.web.text.TextCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The named values of a request, read with their rules. Every reader throws
/// [InvalidFieldException] for a value that breaks them, so that the fault always names its field.
/// A JSON `null` counts as absent. Numbers and booleans may come as text: real clients send both.
public final class Fields {
  private final String prefix;
  private final Map<String, JsonNode> values;

  /// Members that are there, empty, and count as absent.
  private final Set<String> empty;

  private final boolean emptyIsAbsent;

  private Fields(
      String prefix, Map<String, JsonNode> values, Set<String> empty, boolean emptyIsAbsent) {
    this.prefix = prefix;
    this.values = values;
    this.empty = empty;
    this.emptyIsAbsent = emptyIsAbsent;
  }

  public static Fields of(ObjectNode object) {
    return nested("", object, false);
  }

  /// Returns the same fields, of which empty arrays and objects count as absent, in nested objects
  /// too: generated clients send them for what nobody set. Those of `meant` stay as they are. What
  /// [#map] and [#members] read stays whole.
  public Fields withoutEmpty(Set<String> meant) {
    Map<String, JsonNode> rest = new HashMap<>(values);
    rest.values().removeIf(Fields::isEmpty);
    meant.stream().filter(values::containsKey).forEach(name -> rest.put(name, values.get(name)));
    Set<String> gone = new HashSet<>(values.keySet());
    gone.removeAll(rest.keySet());
    return new Fields(prefix, rest, gone, true);
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isContainerNode() && node.isEmpty();
  }

  /// Form or query parameters.
  public static Fields of(Map<String, String> texts) {
    var object = Json.object();
    texts.forEach(object::put);
    return of(object);
  }

  /// The body as a JSON object; `whole` is what a fault calls it.
  public static Fields of(Body body, String whole) {
    return Json.read(body)
        .filter(ObjectNode.class::isInstance)
        .map(node -> of((ObjectNode) node))
        .orElseThrow(
            () -> new InvalidFieldException(whole, Kind.MALFORMED, "must be a JSON object"));
  }

  private static Fields nested(String prefix, ObjectNode object, boolean emptyIsAbsent) {
    Map<String, JsonNode> values = new HashMap<>();
    object
        .properties()
        .forEach(
            member -> {
              if (!member.getValue().isNull()) {
                values.put(member.getKey(), member.getValue());
              }
            });
    var fields = new Fields(prefix, values, Set.of(), false);
    return emptyIsAbsent ? fields.withoutEmpty(Set.of()) : fields;
  }

  public Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public Optional<JsonNode> node(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /// Absent is fine; if there, a text, number or boolean of at most `max` characters.
  public Optional<String> text(String name, int max) {
    return node(name)
        .map(
            node -> {
              if (!node.isValueNode()) {
                throw invalid(name, Kind.MALFORMED, "must be a text");
              }
              String text = node.asText();
              TextCheck.check(name(name), text);
              if (Characters.exceed(text, max)) {
                throw invalid(name, Kind.OUT_OF_RANGE, "must have at most " + max + " characters");
              }
              return text;
            });
  }

  /// Must be there and not blank.
  public String requiredText(String name, int max) {
    String text = text(name, max).orElseThrow(() -> invalid(name, Kind.MISSING, "must be given"));
    if (text.isBlank()) {
      throw invalid(name, Kind.BLANK, "must not be blank");
    }
    return text;
  }

  public Optional<Long> number(String name, long min, long max) {
    return text(name, 32)
        .map(
            text -> {
              long number;
              try {
                number = Long.parseLong(text.strip());
              } catch (NumberFormatException _) {
                throw invalid(
                    name, text.isBlank() ? Kind.BLANK : Kind.MALFORMED, "must be a whole number");
              }
              if (number < min || number > max) {
                throw invalid(name, Kind.OUT_OF_RANGE, "must be " + min + " to " + max);
              }
              return number;
            });
  }

  public long requiredNumber(String name, long min, long max) {
    return number(name, min, max).orElseThrow(() -> invalid(name, Kind.MISSING, "must be given"));
  }

  public Optional<Boolean> flag(String name) {
    return text(name, 8)
        .map(
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw invalid(name, Kind.MALFORMED, "must be true or false");
                });
  }

  /// One of `values`, by what `wire` calls it.
  public <T> Optional<T> choice(String name, List<T> values, Function<T, String> wire) {
    return text(name, 64)
        .map(
            text ->
                values.stream()
                    .filter(value -> wire.apply(value).equals(text))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            invalid(
                                name,
                                Kind.MALFORMED,
                                "must be one of "
                                    + String.join(", ", values.stream().map(wire).toList()))));
  }

  /// An array of numbers; absent reads as none.
  public Set<Integer> numbers(String name, int min, int max) {
    var numbers = new HashSet<Integer>();
    for (String text : texts(name, max - min + 1, 32)) {
      try {
        numbers.add(Integer.parseInt(text));
      } catch (NumberFormatException _) {
        throw invalid(name, Kind.MALFORMED, "must have only whole numbers");
      }
    }
    if (numbers.stream().anyMatch(number -> number < min || number > max)) {
      throw invalid(name, Kind.OUT_OF_RANGE, "must have numbers from " + min + " to " + max);
    }
    return numbers;
  }

  /// A nested object; absent reads as one without members. Its faults are named `name.member`.
  public Fields object(String name) {
    return object(name, emptyIsAbsent);
  }

  /// As [#object], for one whose members are the caller's own names: an empty value is a value.
  public Fields members(String name) {
    return object(name, false);
  }

  private Fields object(String name, boolean withoutEmpty) {
    return node(name)
        .map(
            node -> {
              if (!(node instanceof ObjectNode object)) {
                throw invalid(name, Kind.MALFORMED, "must be an object");
              }
              return nested(prefix + name + ".", object, withoutEmpty);
            })
        .orElseGet(() -> nested(prefix + name + ".", Json.object(), withoutEmpty));
  }

  /// An array of objects; absent reads as none. Their faults are named `name[i].member`.
  public List<Fields> entries(String name, int maxCount) {
    if (!has(name)) {
      return List.of();
    }
    JsonNode node = node(name).orElseThrow();
    if (!node.isArray()) {
      throw invalid(name, Kind.MALFORMED, "must be an array");
    }
    if (node.size() > maxCount) {
      throw invalid(name, Kind.OUT_OF_RANGE, "must have at most " + maxCount + " entries");
    }
    var entries = new ArrayList<Fields>();
    for (int i = 0; i < node.size(); i++) {
      if (!(node.get(i) instanceof ObjectNode object)) {
        throw invalid(name + "[" + i + "]", Kind.MALFORMED, "must be an object");
      }
      entries.add(nested(prefix + name + "[" + i + "].", object, emptyIsAbsent));
    }
    return entries;
  }

  /// An array of texts or numbers; absent reads as none.
  public List<String> texts(String name, int maxCount, int maxLength) {
    if (!has(name)) {
      return List.of();
    }
    JsonNode node = node(name).orElseThrow();
    if (!node.isArray()) {
      throw invalid(name, Kind.MALFORMED, "must be an array");
    }
    if (node.size() > maxCount) {
      throw invalid(name, Kind.OUT_OF_RANGE, "must have at most " + maxCount + " entries");
    }
    var texts = new ArrayList<String>();
    for (JsonNode entry : node) {
      if (!entry.isValueNode() || entry.isNull()) {
        throw invalid(name, Kind.MALFORMED, "must have only texts");
      }
      TextCheck.check(name(name), entry.asText());
      if (entry.asText().isBlank()) {
        throw invalid(name, Kind.BLANK, "must not have a blank entry");
      }
      if (Characters.exceed(entry.asText(), maxLength)) {
        throw invalid(
            name, Kind.OUT_OF_RANGE, "must have entries of at most " + maxLength + " characters");
      }
      texts.add(entry.asText());
    }
    return texts;
  }

  /// An object whose members are texts; absent reads as none. Members that are not texts are taken
  /// as their JSON.
  public Map<String, String> map(String name, int maxCount) {
    Fields members = members(name);
    if (members.values.size() > maxCount) {
      throw invalid(name, Kind.OUT_OF_RANGE, "must have at most " + maxCount + " members");
    }
    Map<String, String> map = new HashMap<>();
    members.values.forEach(
        (key, node) -> map.put(key, node.isValueNode() ? node.asText() : Json.write(node)));
    return map;
  }

  /// Refuses members whose names are none of these: a misspelt option must not pass in silence.
  public void refuseUnknown(Set<String> known) {
    var strangers = new HashSet<>(values.keySet());
    strangers.addAll(empty);
    strangers.removeAll(known);
    if (!strangers.isEmpty()) {
      String first = strangers.stream().sorted().findFirst().orElseThrow();
      throw invalid(first, Kind.MALFORMED, "is not a known member");
    }
  }

  /// What a fault calls a member.
  public String name(String member) {
    return prefix + member;
  }

  public InvalidFieldException invalid(String name, Kind kind, String problem) {
    return new InvalidFieldException(name(name), kind, problem);
  }
}
