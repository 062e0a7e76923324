// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// JSON columns. What is empty is left out.
public final class Json {
  private static final String EMPTY = "{}";

  /// Its buffers are shared: each virtual thread would otherwise make its own for one use.
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
              .build());

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static JsonNode parse(String text) {
    if (text.equals(EMPTY)) {
      return object();
    }
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalStateException("a stored JSON text is broken", e);
    }
  }

  public static void put(ObjectNode into, String name, Map<String, String> map) {
    if (!map.isEmpty()) {
      into.set(name, of(map));
    }
  }

  public static void put(ObjectNode into, String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode array = into.putArray(name);
      texts.forEach(array::add);
    }
  }

  public static ObjectNode of(Map<String, String> map) {
    ObjectNode object = object();
    map.forEach(object::put);
    return object;
  }

  public static Map<String, String> map(JsonNode object) {
    var map = new HashMap<String, String>();
    object.properties().forEach(member -> map.put(member.getKey(), member.getValue().textValue()));
    return map;
  }

  public static Set<String> set(JsonNode array) {
    var set = new HashSet<String>();
    array.forEach(element -> set.add(element.textValue()));
    return set;
  }
}
