// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/// Writes an answer as XML: members become elements, an array becomes an element with `item`s in
/// it. Names are our own and always fit to be element names.
final class XmlWriter {
  private XmlWriter() {}

  static String write(String root, JsonNode node) {
    var out = new StringBuilder(256).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    element(root, node, out);
    return out.toString();
  }

  private static void element(String name, JsonNode node, StringBuilder out) {
    out.append('<').append(name).append('>');
    if (node.isObject()) {
      node.properties().forEach(member -> element(member.getKey(), member.getValue(), out));
    } else if (node.isArray()) {
      node.forEach(item -> element("item", item, out));
    } else {
      escape(node.asText(), out);
    }
    out.append("</").append(name).append('>');
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '\r' -> out.append("&#13;");
        default -> out.append(isAllowed(c) ? c : '\uFFFD');
      }
    }
  }

  /// XML 1.0 has no place for other control characters, not even escaped.
  private static boolean isAllowed(char c) {
    return (c >= ' ' && c < '\uFFFE') || c == '\t' || c == '\n';
  }
}
