// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.model.text.Characters;
import dev.boomerang.model.text.WellFormedText;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.List;
import java.util.Optional;

/// Reads the parameters of an action by their rules. Every reader throws [ResultException] for a
/// value that breaks them. An optional parameter that is blank counts as absent: several clients
/// send what their user left empty.
public final class ActionParams {
  public static final String APP_ID = "AppId";
  public static final String WORKSPACE_ID = "WorkspaceId";

  /// Caps the name of a user or a device, in characters.
  public static final int MAX_TARGET_LENGTH = 512;

  private final RequestParams requestParams;

  public ActionParams(RequestParams requestParams) {
    this.requestParams = requestParams;
  }

  public boolean has(String name) {
    return requestParams.has(name);
  }

  /// Returns a parameter that must not be blank.
  public String required(String name, ResultCode ifBlank) {
    return text(name).orElseThrow(() -> new ResultException(ifBlank, name, "must not be blank"));
  }

  /// Returns a parameter that must not be blank and must have at most `max` characters.
  public String required(String name, ResultCode ifBlank, int max) {
    return atMost(max, name, required(name, ifBlank));
  }

  public Optional<String> text(String name) {
    return requestParams
        .text(name)
        .filter(text -> !text.isBlank())
        .map(text -> requireWellFormed(name, text));
  }

  /// Returns the text of a parameter; throws if it is none ([WellFormedText]).
  public static String requireWellFormed(String name, String text) {
    WellFormedText.problem(text)
        .ifPresent(
            problem -> {
              throw invalid(name, problem);
            });
    return text;
  }

  public Optional<String> text(String name, int max) {
    return text(name).map(text -> atMost(max, name, text));
  }

  private static String atMost(int max, String name, String text) {
    if (Characters.exceed(text, max)) {
      throw invalid(name, "must have at most " + max + " characters");
    }
    return text;
  }

  /// Returns a whole number from `min` to `max`; anything else is refused with `ifNot`.
  public Optional<Long> number(String name, long min, long max, ResultCode ifNot) {
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
              throw new ResultException(
                  ifNot, name, "must be a whole number from " + min + " to " + max);
            });
  }

  /// Returns a flag, which is written as 0 or 1.
  public Optional<Boolean> flag(String name) {
    return number(name, 0, 1, ResultCode.INVALID_PARAM).map(number -> number == 1);
  }

  /// Returns a JSON object that came as text.
  public Optional<ObjectNode> object(String name, ResultCode ifNot) {
    return text(name)
        .map(
            text ->
                parseObject(name, text)
                    .orElseThrow(() -> new ResultException(ifNot, name, "must be a JSON object")));
  }

  /// Parses `text` as a JSON object; empty if it is none. `name` is its parameter.
  public static Optional<ObjectNode> parseObject(String name, String text) {
    try {
      return Json.read(text).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    } catch (InvalidFieldException fault) {
      throw invalid(name, "is not well-formed: " + fault.description());
    }
  }

  /// Returns the objects of a list that came as `name.N.Member`.
  public List<IndexedParams> indexed(String name) {
    return IndexedParams.read(requestParams, name);
  }

  /// Returns a JSON object that came as text, or split into parameters `name.member.member` as Tea
  /// clients do.
  public Optional<ObjectNode> objectOrDotted(String name) {
    Optional<ObjectNode> whole = object(name, ResultCode.INVALID_PARAM);
    return whole.isPresent() ? whole : dottedObject(name);
  }

  public Optional<ObjectNode> dottedObject(String name) {
    if (!requestParams.hasDottedNames()) {
      return Optional.empty();
    }
    String prefix = name + ".";
    ObjectNode root = Json.object();
    for (RequestParams.Param param : requestParams.all()) {
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

  public static ResultException invalid(String name, String problem) {
    return new ResultException(ResultCode.INVALID_PARAM, name, problem);
  }
}
