// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object: strings, longs, doubles, booleans, lists and maps. A member that is null on the
 * wire is absent here. Reading is forgiving, as the protocol asks: a missing member, or one of
 * another type, reads as its empty value.
 */
public final class Json {
  /** Stands for null where a value is written; never read. */
  public static final Object NULL = new Object();

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, Object> members;

  public Json(Map<String, ?> members) {
    this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** Reads a text that is one JSON object. Throws if it is not. */
  public static Json read(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      Json json = new Json(readObject(parser));
      if (parser.nextToken() != null) {
        throw new IOException("more than one JSON value");
      }
      return json;
    }
  }

  /** Returns the object as JSON text. */
  public String write() {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(generator, members);
    } catch (IOException e) {
      throw new IllegalStateException("a string writer does not fail", e);
    }
    return text.toString();
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** Returns a text or a number as text; empty if the member is missing or of another type. */
  public String text(String name) {
    return optionalText(name).orElse("");
  }

  /** Returns a text or a number as text; {@code Optional.empty()} for an empty text too. */
  public Optional<String> optionalText(String name) {
    return member(name)
        .filter(value -> value instanceof String || value instanceof Number)
        .map(String::valueOf)
        .filter(value -> !value.isEmpty());
  }

  /** Returns a number; 0 if the member is missing or of another type. */
  public long number(String name) {
    return member(name)
        .filter(Number.class::isInstance)
        .map(value -> ((Number) value).longValue())
        .orElse(0L);
  }

  /** Returns whether the member is true. */
  public boolean flag(String name) {
    return member(name).filter(Boolean.TRUE::equals).isPresent();
  }

  /** Returns a time that is written in Unix milliseconds. */
  public Optional<Instant> time(String name) {
    return Optional.of(number(name)).filter(millis -> millis > 0).map(Instant::ofEpochMilli);
  }

  /** Returns an object; empty if the member is missing or of another type. */
  public Optional<Json> object(String name) {
    Object value = member(name).orElse(NULL);
    return value instanceof Map
        ? Optional.of(new Json(stringKeys((Map<?, ?>) value)))
        : Optional.empty();
  }

  /** Returns the items of a list as texts; none if the member is missing or of another type. */
  public List<String> list(String name) {
    Object value = member(name).orElse(NULL);
    List<String> texts = new ArrayList<>();
    if (value instanceof List) {
      for (Object item : (List<?>) value) {
        texts.add(String.valueOf(item));
      }
    }
    return texts;
  }

  /** Returns the members of an object as texts; none if the member is missing. */
  public Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    object(name)
        .ifPresent(json -> json.members.forEach((key, value) -> texts.put(key, asText(value))));
    return Collections.unmodifiableMap(texts);
  }

  /** Returns this object with the members of {@code others} added, in place of its own. */
  public Json with(Json others) {
    Map<String, Object> all = new LinkedHashMap<>(members);
    all.putAll(others.members);
    return new Json(all);
  }

  /** Returns all members, unmodifiable. */
  public Map<String, Object> members() {
    return members;
  }

  private Optional<Object> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  private static String asText(Object value) {
    return value instanceof Map
        ? new Json(stringKeys((Map<?, ?>) value)).write()
        : String.valueOf(value);
  }

  private static Map<String, Object> stringKeys(Map<?, ?> map) {
    Map<String, Object> result = new LinkedHashMap<>();
    map.forEach((key, value) -> result.put(String.valueOf(key), value));
    return result;
  }

  private static Map<String, Object> readObject(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      String name = parser.currentName();
      readValue(parser, parser.nextToken()).ifPresent(value -> members.put(name, value));
    }
    return members;
  }

  private static List<Object> readArray(JsonParser parser) throws IOException {
    List<Object> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      readValue(parser, token).ifPresent(items::add);
    }
    return items;
  }

  private static Optional<Object> readValue(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT:
        return Optional.of(readObject(parser));
      case START_ARRAY:
        return Optional.of(readArray(parser));
      case VALUE_STRING:
        return Optional.of(parser.getText());
      case VALUE_NUMBER_INT:
        return Optional.of(
            parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? (Object) parser.getText()
                : (Object) parser.getLongValue());
      case VALUE_NUMBER_FLOAT:
        return Optional.of(parser.getDoubleValue());
      case VALUE_TRUE:
        return Optional.of(true);
      case VALUE_FALSE:
        return Optional.of(false);
      case VALUE_NULL:
        return Optional.empty();
      default:
        throw new IOException("unexpected JSON " + token);
    }
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    if (value == NULL) {
      generator.writeNull();
    } else if (value instanceof Map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        generator.writeFieldName(String.valueOf(entry.getKey()));
        write(generator, entry.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof Iterable) {
      generator.writeStartArray();
      for (Object item : (Iterable<?>) value) {
        write(generator, item);
      }
      generator.writeEndArray();
    } else if (value instanceof Double || value instanceof Float) {
      generator.writeNumber(((Number) value).doubleValue());
    } else if (value instanceof Number) {
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof Boolean) {
      generator.writeBoolean((Boolean) value);
    } else {
      generator.writeString(String.valueOf(value));
    }
  }
}
