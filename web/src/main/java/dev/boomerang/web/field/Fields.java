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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the named values of a request by their rules. Every reader throws [InvalidFieldException]
/// for a value that breaks them, so that the fault always names its field. A JSON `null` counts as
/// absent. Numbers and booleans may come as text: real clients send both.
///
/// It remembers which members were asked for, by whatever method, and those of nested objects too.
/// So the code that reads a request is the only list of what a request may have: see
/// [#refuseUnread]. Not safe for use by several threads.
public final class Fields {
  private final String prefix;
  private final Map<String, FieldMember> members;
  private final boolean emptyIsAbsent;

  private Fields(String prefix, Map<String, FieldMember> members, boolean emptyIsAbsent) {
    this.prefix = prefix;
    this.members = members;
    this.emptyIsAbsent = emptyIsAbsent;
  }

  public static Fields of(ObjectNode object) {
    return nested("", object, false);
  }

  /// Returns the same fields, of which empty arrays and objects count as absent, in nested objects
  /// too: generated clients send them for what nobody set. Those of `meant` stay as they are. What
  /// [#map] and [#members] read stays whole.
  public Fields withoutEmpty(Set<String> meant) {
    Map<String, FieldMember> rest = new HashMap<>();
    members.forEach(
        (name, member) -> rest.put(name, new FieldMember(member.node(), !meant.contains(name))));
    return new Fields(prefix, rest, true);
  }

  /// Form or query parameters.
  public static Fields of(Map<String, String> texts) {
    var object = Json.object();
    texts.forEach(object::put);
    return of(object);
  }

  /// Reads the body as a JSON object; `whole` is the name that an error gives it.
  public static Fields of(Body body, String whole) {
    return Json.read(body)
        .filter(ObjectNode.class::isInstance)
        .map(node -> of((ObjectNode) node))
        .orElseThrow(
            () -> new InvalidFieldException(whole, Kind.MALFORMED, "must be a JSON object"));
  }

  private static Fields nested(String prefix, ObjectNode object, boolean emptyIsAbsent) {
    Map<String, FieldMember> members = new HashMap<>();
    object
        .properties()
        .forEach(
            each -> {
              JsonNode node = each.getValue();
              if (!node.isNull()) {
                members.put(each.getKey(), new FieldMember(node, emptyIsAbsent));
              }
            });
    return new Fields(prefix, members, emptyIsAbsent);
  }

  /// Returns the names of all that is there. To see a name is not to ask for its value.
  public Set<String> names() {
    return members.entrySet().stream()
        .filter(each -> !each.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  public boolean has(String name) {
    return member(name).isPresent();
  }

  public Optional<JsonNode> node(String name) {
    return member(name).map(FieldMember::node);
  }

  private Optional<FieldMember> member(String name) {
    FieldMember member = members.get(name);
    if (member == null) {
      return Optional.empty();
    }
    member.ask();
    return member.isEmpty() ? Optional.empty() : Optional.of(member);
  }

  /// Returns a text, number or boolean of at most `max` characters as a text; empty if it is
  /// absent.
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

  /// Returns a text that must be there and not blank.
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

  /// Returns the one of `values` that `wire` calls by the given name.
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

  /// Returns an array of numbers; none if it is absent.
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

  /// Returns a nested object, without members if it is absent. Errors name `name.member`.
  public Fields object(String name) {
    return member(name)
        .map(
            member -> {
              ObjectNode object = objectNode(name, member);
              return member
                  .children(() -> List.of(nested(prefix + name + ".", object, emptyIsAbsent)))
                  .getFirst();
            })
        .orElseGet(() -> none(name));
  }

  /// Returns a nested object as [#object] does, for one whose members are the caller's own names:
  /// all are known, and an empty value is a value.
  public Fields members(String name) {
    return member(name)
        .map(
            member -> {
              member.takeWhole();
              return nested(prefix + name + ".", objectNode(name, member), false);
            })
        .orElseGet(() -> none(name));
  }

  private ObjectNode objectNode(String name, FieldMember member) {
    if (member.node() instanceof ObjectNode object) {
      return object;
    }
    throw invalid(name, Kind.MALFORMED, "must be an object");
  }

  private Fields none(String name) {
    return new Fields(prefix + name + ".", Map.of(), emptyIsAbsent);
  }

  /// Returns an array of objects; none if it is absent. Errors name `name[i].member`.
  public List<Fields> entries(String name, int maxCount) {
    Optional<FieldMember> member = member(name);
    if (member.isEmpty()) {
      return List.of();
    }
    JsonNode node = member.get().node();
    if (!node.isArray()) {
      throw invalid(name, Kind.MALFORMED, "must be an array");
    }
    if (node.size() > maxCount) {
      throw invalid(name, Kind.OUT_OF_RANGE, "must have at most " + maxCount + " entries");
    }
    return member.get().children(() -> entries(name, node));
  }

  private List<Fields> entries(String name, JsonNode array) {
    var entries = new ArrayList<Fields>(array.size());
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof ObjectNode object)) {
        throw invalid(name + "[" + i + "]", Kind.MALFORMED, "must be an object");
      }
      entries.add(nested(prefix + name + "[" + i + "].", object, emptyIsAbsent));
    }
    return Collections.unmodifiableList(entries);
  }

  /// Returns an array of texts or numbers as texts; none if it is absent.
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

  /// Returns an object whose members are texts; an empty map if it is absent. Members that are not
  /// texts are returned as their JSON.
  public Map<String, String> map(String name, int maxCount) {
    Map<String, FieldMember> own = members(name).members;
    if (own.size() > maxCount) {
      throw invalid(name, Kind.OUT_OF_RANGE, "must have at most " + maxCount + " members");
    }
    Map<String, String> map = new HashMap<>();
    own.forEach((key, member) -> map.put(key, text(member.node())));
    return map;
  }

  private static String text(JsonNode node) {
    return node.isValueNode() ? node.asText() : Json.write(node);
  }

  /// Marks members and everything in them as read, though nobody reads them.
  public void ignore(String... names) {
    for (String name : names) {
      Optional.ofNullable(members.get(name)).ifPresent(FieldMember::takeWhole);
    }
  }

  /// Refuses the first member that nobody asked for: a misspelt option must not pass in silence. To
  /// be called once everything is read, and before anything is done.
  public void refuseUnread() {
    firstUnread()
        .ifPresent(
            path -> {
              throw new InvalidFieldException(path, Kind.MALFORMED, "is not a known member");
            });
  }

  /// Returns the full path of the first member that nobody asked for: this object's own before
  /// those of objects in it, each in the order of their names.
  public Optional<String> firstUnread() {
    Optional<String> own =
        members.entrySet().stream()
            .filter(each -> !each.getValue().isAsked())
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder());
    return own.map(this::name)
        .or(
            () ->
                members.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .flatMap(each -> each.getValue().firstUnread().stream())
                    .findFirst());
  }

  /// Returns the full path of a member, as errors name it.
  public String name(String member) {
    return prefix + member;
  }

  public InvalidFieldException invalid(String name, Kind kind, String problem) {
    return new InvalidFieldException(name(name), kind, problem);
  }
}
