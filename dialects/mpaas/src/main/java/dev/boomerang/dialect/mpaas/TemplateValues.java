// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `TemplateKeyValue`: what to put in the place of a template's blanks; a JSON object as text. A
/// blank whose value is `null` has none.
final class TemplateValues {
  static final String TEMPLATE_KEY_VALUE = "TemplateKeyValue";

  private TemplateValues() {}

  static Map<String, String> read(Args args) {
    return args.text(TEMPLATE_KEY_VALUE)
        .map(text -> parse(TEMPLATE_KEY_VALUE, text))
        .or(() -> args.dotted(TEMPLATE_KEY_VALUE).map(o -> texts(TEMPLATE_KEY_VALUE, o)))
        .orElse(Map.of());
  }

  static Map<String, String> parse(String parameter, String text) {
    Optional<ObjectNode> object = Args.parse(parameter, text);
    return object
        .map(found -> texts(parameter, found))
        .or(() -> PythonDict.read(text).map(values -> wellFormed(parameter, values)))
        .orElseThrow(() -> Args.invalid(parameter, "must be a JSON object"));
  }

  /// Python escapes halves of surrogate pairs as JSON does.
  private static Map<String, String> wellFormed(String parameter, Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          Args.wellFormed(parameter, name);
          Args.wellFormed(parameter, value);
        });
    return values;
  }

  private static Map<String, String> texts(String parameter, ObjectNode object) {
    Map<String, String> texts = HashMap.newHashMap(object.size());
    for (var entry : object.properties()) {
      JsonNode value = entry.getValue();
      if (value.isContainerNode()) {
        throw new ResultFault(
            INVALID_PARAM, parameter, "must give \"" + entry.getKey() + "\" a text");
      }
      if (!value.isNull()) {
        texts.put(entry.getKey(), value.asText());
      }
    }
    return texts;
  }
}
