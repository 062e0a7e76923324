// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

  /// One character each, whatever it takes in UTF-16 or in bytes.
  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "标", "😀", "𠮷"})
  void limitOfCharacters_countsCodePoints(String one) {
    Fields most = fields(one.repeat(40));
    assertThat(most.text("name", 40)).contains(one.repeat(40));
    assertThat(most.requiredText("name", 40)).isEqualTo(one.repeat(40));
    assertThat(most.texts("names", 1, 40)).isEqualTo(List.of(one.repeat(40)));

    Fields more = fields(one.repeat(41));
    assertThatThrownBy(() -> more.text("name", 40))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("at most 40 characters");
    assertThatThrownBy(() -> more.texts("names", 1, 40))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("at most 40 characters");
  }

  private static Fields fields(String text) {
    var object = Json.object().put("name", text);
    object.putArray("names").add(text);
    return Fields.of(object);
  }

  /// With `'` for `"`.
  private static Fields of(String json) {
    return Fields.of((ObjectNode) Json.read(json.replace('\'', '"')).orElseThrow());
  }

  private static void fails(ThrowingCallable read, String field, Kind kind, String sentence) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            InvalidFieldException.class,
            fault -> {
              assertThat(fault.field()).isEqualTo(field);
              assertThat(fault.kind()).isEqualTo(kind);
              assertThat(fault.description()).isEqualTo(field + " " + sentence);
            });
  }

  @Test
  void text_takesNumbersAndFlagsToo() {
    Fields fields = of("{'a':'x','b':7,'c':true,'d':null,'e':''}");

    assertThat(fields.text("a", 1)).contains("x");
    assertThat(fields.text("b", 1)).contains("7");
    assertThat(fields.text("c", 4)).contains("true");
    assertThat(fields.text("d", 9)).isEmpty();
    assertThat(fields.text("e", 0)).contains("");
    assertThat(fields.text("none", 9)).isEmpty();
    assertThat(fields.names()).containsExactlyInAnyOrder("a", "b", "c", "e");
    assertThat(fields.has("d")).isFalse();
  }

  @Test
  void text_thatBreaksItsRules_isNamed() {
    Fields fields = of("{'list':[],'long':'xxx','blank':' '}");

    fails(() -> fields.text("list", 9), "list", Kind.MALFORMED, "must be a text");
    fails(
        () -> fields.text("long", 2), "long", Kind.OUT_OF_RANGE, "must have at most 2 characters");
    fails(() -> of("{'zero':'a\\u0000b'}"), "zero", Kind.MALFORMED, "must not contain U+0000");
    fails(() -> fields.requiredText("none", 9), "none", Kind.MISSING, "must be given");
    fails(() -> fields.requiredText("blank", 9), "blank", Kind.BLANK, "must not be blank");
    assertThat(fields.requiredText("long", 3)).isEqualTo("xxx");
  }

  @Test
  void number_comesAsNumberOrText_withinItsBounds() {
    Fields fields = of("{'a':5,'b':' -7 ','c':'x','d':'','e':1.5,'f':'99999999999999999999'}");

    assertThat(fields.number("a", 0, 5)).contains(5L);
    assertThat(fields.requiredNumber("b", -7, 0)).isEqualTo(-7);
    assertThat(fields.number("none", 0, 1)).isEmpty();
    fails(() -> fields.number("a", 0, 4), "a", Kind.OUT_OF_RANGE, "must be 0 to 4");
    for (String name : List.of("c", "e", "f")) {
      fails(() -> fields.number(name, 0, 9), name, Kind.MALFORMED, "must be a whole number");
    }
    fails(() -> fields.number("d", 0, 9), "d", Kind.BLANK, "must be a whole number");
    fails(() -> fields.requiredNumber("none", 0, 9), "none", Kind.MISSING, "must be given");
  }

  @Test
  void flag_isTrueOrFalse() {
    Fields fields = of("{'a':true,'b':'false','c':'yes'}");

    assertThat(fields.flag("a")).contains(true);
    assertThat(fields.flag("b")).contains(false);
    assertThat(fields.flag("none")).isEmpty();
    fails(() -> fields.flag("c"), "c", Kind.MALFORMED, "must be true or false");
  }

  @Test
  void choice_isOneOfTheValues() {
    Fields fields = of("{'a':'two','b':'three'}");
    Map<Integer, String> wire = Map.of(1, "one", 2, "two");

    assertThat(fields.choice("a", List.of(1, 2), wire::get)).contains(2);
    assertThat(fields.choice("none", List.of(1, 2), wire::get)).isEmpty();
    fails(
        () -> fields.choice("b", List.of(1, 2), wire::get),
        "b",
        Kind.MALFORMED,
        "must be one of one, two");
  }

  @Test
  void numbers_areASetWithinBounds() {
    Fields fields = of("{'a':[1,'2',2],'b':[1,'x'],'c':[9]}");

    assertThat(fields.numbers("a", 1, 7)).containsExactlyInAnyOrder(1, 2);
    assertThat(fields.numbers("none", 1, 7)).isEmpty();
    fails(() -> fields.numbers("b", 1, 7), "b", Kind.MALFORMED, "must have only whole numbers");
    fails(() -> fields.numbers("c", 1, 7), "c", Kind.OUT_OF_RANGE, "must have numbers from 1 to 7");
  }

  @Test
  void faultsOfNestedFields_nameTheirWholePath() {
    Fields fields = of("{'a':{'b':{'c':[]}},'list':[{'x':'y'},{'x':{}}],'text':'t'}");

    fails(
        () -> fields.object("a").object("b").text("c", 9),
        "a.b.c",
        Kind.MALFORMED,
        "must be a text");
    List<Fields> entries = fields.entries("list", 2);
    assertThat(entries.getFirst().requiredText("x", 9)).isEqualTo("y");
    fails(() -> entries.getLast().text("x", 9), "list[1].x", Kind.MALFORMED, "must be a text");
    assertThat(fields.object("none").names()).isEmpty();
    assertThat(fields.entries("none", 2)).isEmpty();
    fails(() -> fields.object("text"), "text", Kind.MALFORMED, "must be an object");
    fails(() -> fields.entries("text", 2), "text", Kind.MALFORMED, "must be an array");
    fails(
        () -> fields.entries("list", 1), "list", Kind.OUT_OF_RANGE, "must have at most 1 entries");
    fails(() -> of("{'l':[1]}").entries("l", 1), "l[0]", Kind.MALFORMED, "must be an object");
  }

  @Test
  void texts_haveNoBlankOnes() {
    Fields fields = of("{'a':['x',1],'b':['x',' '],'c':['xx'],'d':[[]],'e':'x','f':[null]}");

    assertThat(fields.texts("a", 2, 1)).containsExactly("x", "1");
    assertThat(fields.texts("none", 2, 1)).isEmpty();
    fails(() -> fields.texts("a", 1, 1), "a", Kind.OUT_OF_RANGE, "must have at most 1 entries");
    fails(() -> fields.texts("b", 2, 1), "b", Kind.BLANK, "must not have a blank entry");
    fails(
        () -> fields.texts("c", 2, 1),
        "c",
        Kind.OUT_OF_RANGE,
        "must have entries of at most 1 characters");
    fails(() -> fields.texts("d", 2, 1), "d", Kind.MALFORMED, "must have only texts");
    fails(() -> fields.texts("f", 2, 1), "f", Kind.MALFORMED, "must have only texts");
    fails(() -> fields.texts("e", 2, 1), "e", Kind.MALFORMED, "must be an array");
  }

  @Test
  void map_hasTexts_andJsonOfTheRest() {
    Fields fields = of("{'m':{'a':'x','b':1,'c':[1,2],'d':null}}");

    assertThat(fields.map("m", 3)).isEqualTo(Map.of("a", "x", "b", "1", "c", "[1,2]"));
    assertThat(fields.map("none", 3)).isEmpty();
    fails(() -> fields.map("m", 2), "m", Kind.OUT_OF_RANGE, "must have at most 2 members");
  }

  private static void refusesUnread(Fields fields, String path) {
    fails(fields::refuseUnread, path, Kind.MALFORMED, "is not a known member");
  }

  @Test
  void unread_isRefused_theFirstByItsName() {
    Fields fields = of("{'a':1,'z':1,'y':1}");

    refusesUnread(fields, "a");
    fields.number("a", 0, 9);
    refusesUnread(fields, "y");
    fields.has("y");
    fields.node("z");
    fields.refuseUnread();
  }

  @Test
  void names_areNoQuestion() {
    Fields fields = of("{'a':1}");

    assertThat(fields.names()).containsExactly("a");
    refusesUnread(fields, "a");
  }

  @Test
  void unreadInside_isRefusedWithItsPath_afterThoseOutside() {
    Fields fields = of("{'b':[{'c':1},{'d':{'e':1}}],'a':{'f':1},'z':1}");
    fields.entries("b", 9).getLast().object("d");
    fields.object("a");

    refusesUnread(fields, "z");
    fields.ignore("z");
    refusesUnread(fields, "a.f");
    fields.object("a").flag("none");
    fields.object("a").number("f", 0, 9);
    refusesUnread(fields, "b[0].c");
    fields.entries("b", 9).getFirst().number("c", 0, 9);
    refusesUnread(fields, "b[1].d.e");
    refusesUnread(fields.entries("b", 9).getLast(), "b[1].d.e");
    fields.entries("b", 9).getLast().object("d").number("e", 0, 9);
    fields.refuseUnread();
  }

  @Test
  void ignored_isTakenWhole_whetherReadOrNot() {
    Fields fields = of("{'a':{'b':{'c':1}},'d':[{'e':1}]}");
    fields.object("a").object("b");
    fields.entries("d", 9);

    fields.ignore("a", "none");
    refusesUnread(fields, "d[0].e");
    fields.ignore("d");
    fields.refuseUnread();
  }

  @Test
  void callersOwnNames_areAllKnown() {
    Fields fields = of("{'m':{'a':{'b':1}},'n':{'c':1}}");
    fields.map("m", 9);
    fields.members("n");

    fields.refuseUnread();
  }

  @Test
  void absentAndNull_areNotUnread_butEmptyIs() {
    of("{'a':null}").refuseUnread();
    of("{}").refuseUnread();
    Fields fields = of("{'a':{},'b':{'c':[]}}").withoutEmpty(Set.of());

    refusesUnread(fields, "a");
    assertThat(fields.has("a")).isFalse();
    fields.object("b");
    refusesUnread(fields, "b.c");
    assertThat(fields.object("b").texts("c", 1, 1)).isEmpty();
    fields.refuseUnread();
  }

  @Test
  void objectReadTwice_isStillTheSameKind() {
    Fields fields = of("{'a':[{}],'b':{}}");
    fields.entries("a", 1);
    fields.object("b");

    fails(() -> fields.object("a"), "a", Kind.MALFORMED, "must be an object");
    fails(() -> fields.entries("b", 1), "b", Kind.MALFORMED, "must be an array");
  }

  @Test
  void parameters_areFieldsToo() {
    assertThat(Fields.of(Map.of("a", "1")).requiredNumber("a", 0, 9)).isEqualTo(1);
    assertThat(Fields.of(Body.of("{\"a\":1}"), "the body").has("a")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{", "null"})
  void bodyThatIsNoObject_isRefused(String text) {
    fails(
        () -> Fields.of(Body.of(text), "the body"),
        "the body",
        Kind.MALFORMED,
        "must be a JSON object");
  }
}
