// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.text.Characters;
import dev.boomerang.model.text.WellFormedText;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.List;
import java.util.Optional;

/// An action's parameters, read with their rules. Every reader throws [ResultFault] for a value
/// that breaks them. An optional parameter that is blank counts as absent: several clients send
/// what their user left empty.
final class Args {
  static final String APP_ID = "AppId";
  static final String WORKSPACE_ID = "WorkspaceId";

  private final Params params;

  Args(Params params) {
    this.params = params;
  }

  boolean has(String name) {
    return params.has(name);
  }

  /// A parameter that must not be blank.
  String filled(String name, ResultCode ifBlank) {
    return text(name).orElseThrow(() -> new ResultFault(ifBlank, name, "must not be blank"));
  }

  /// As [#filled(String, ResultCode)], of at most `max` characters.
  String filled(String name, ResultCode ifBlank, int max) {
    return atMost(max, name, filled(name, ifBlank));
  }

  Optional<String> text(String name) {
    return params.text(name).filter(text -> !text.isBlank()).map(text -> wellFormed(name, text));
  }

  /// Returns the text of a parameter; throws if it is none ([WellFormedText]).
  static String wellFormed(String name, String text) {
    WellFormedText.problem(text)
        .ifPresent(
            problem -> {
              throw invalid(name, problem);
            });
    return text;
  }

  Optional<String> text(String name, int max) {
    return text(name).map(text -> atMost(max, name, text));
  }

  private static String atMost(int max, String name, String text) {
    if (Characters.exceed(text, max)) {
      throw invalid(name, "must have at most " + max + " characters");
    }
    return text;
  }

  /// A whole number from `min` to `max`; anything else is answered with `ifNot`.
  Optional<Long> number(String name, long min, long max, ResultCode ifNot) {
    return text(name)
        .map(
            text -> {
              try {
                long number = Long.parseLong(text.strip());
                if (number >= min && number <= max) {
                  return number;
                }
              } catch (NumberFormatException _) {
                // answered below, with the range
              }
              throw new ResultFault(
                  ifNot, name, "must be a whole number from " + min + " to " + max);
            });
  }

  /// One of the numbers 0 and 1.
  Optional<Boolean> flag(String name) {
    return number(name, 0, 1, ResultCode.INVALID_PARAM).map(number -> number == 1);
  }

  /// A JSON object as text.
  Optional<ObjectNode> object(String name, ResultCode ifNot) {
    return text(name)
        .map(
            text ->
                parse(name, text)
                    .orElseThrow(() -> new ResultFault(ifNot, name, "must be a JSON object")));
  }

  /// `text` as a JSON object; empty if it is none. `name` is the parameter it came in.
  static Optional<ObjectNode> parse(String name, String text) {
    try {
      return Json.read(text).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    } catch (InvalidFieldException fault) {
      throw invalid(name, "is not well-formed: " + fault.description());
    }
  }

  /// The objects of a list that came as `name.N.Member`.
  List<Item> items(String name) {
    return Item.read(params, name);
  }

  /// A JSON object as text, or taken apart into parameters `name.member.member`: Tea clients do
  /// that to objects.
  Optional<ObjectNode> objectOrDotted(String name) {
    Optional<ObjectNode> whole = object(name, ResultCode.INVALID_PARAM);
    return whole.isPresent() ? whole : dotted(name);
  }

  Optional<ObjectNode> dotted(String name) {
    if (!params.anyDotted()) {
      return Optional.empty();
    }
    String prefix = name + ".";
    ObjectNode root = Json.object();
    for (Params.Param param : params.all()) {
      if (param.name().startsWith(prefix)) {
        String[] path = param.name().substring(prefix.length()).split("\\.", -1);
        ObjectNode at = root;
        for (int i = 0; i < path.length - 1; i++) {
          JsonNode next = at.path(path[i]);
          at = next instanceof ObjectNode inner ? inner : at.putObject(path[i]);
        }
        at.put(path[path.length - 1], param.text());
      }
    }
    return root.isEmpty() ? Optional.empty() : Optional.of(root);
  }

  static ResultFault invalid(String name, String problem) {
    return new ResultFault(ResultCode.INVALID_PARAM, name, problem);
  }
}
