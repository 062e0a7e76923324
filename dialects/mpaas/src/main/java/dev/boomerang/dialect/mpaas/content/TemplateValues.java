// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.content;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads `TemplateKeyValue`, the values of a template's placeholders: a JSON object as text. A
/// placeholder whose value is `null` has none.
public final class TemplateValues {
  public static final String TEMPLATE_KEY_VALUE = "TemplateKeyValue";

  private TemplateValues() {}

  public static Map<String, String> read(ActionParams params) {
    return params
        .text(TEMPLATE_KEY_VALUE)
        .map(text -> parse(TEMPLATE_KEY_VALUE, text))
        .or(() -> params.dottedObject(TEMPLATE_KEY_VALUE).map(o -> toTexts(TEMPLATE_KEY_VALUE, o)))
        .orElse(Map.of());
  }

  public static Map<String, String> parse(String parameter, String text) {
    Optional<ObjectNode> object = ActionParams.parseObject(parameter, text);
    return object
        .map(found -> toTexts(parameter, found))
        .or(() -> PythonDict.read(text).map(values -> wellFormed(parameter, values)))
        .orElseThrow(() -> ActionParams.invalid(parameter, "must be a JSON object"));
  }

  /// Python escapes halves of surrogate pairs as JSON does.
  private static Map<String, String> wellFormed(String parameter, Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          ActionParams.requireWellFormed(parameter, name);
          ActionParams.requireWellFormed(parameter, value);
        });
    return values;
  }

  private static Map<String, String> toTexts(String parameter, ObjectNode object) {
    Map<String, String> texts = HashMap.newHashMap(object.size());
    for (var entry : object.properties()) {
      JsonNode value = entry.getValue();
      if (value.isContainerNode()) {
        throw new ResultException(
            INVALID_PARAM, parameter, "must give \"" + entry.getKey() + "\" a text");
      }
      if (!value.isNull()) {
        texts.put(entry.getKey(), value.asText());
      }
    }
    return texts;
  }
}
