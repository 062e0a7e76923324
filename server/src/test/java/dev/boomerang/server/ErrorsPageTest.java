// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.boomerang.web.ErrorRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// ERRORS.md, and the pages it names, have every code of every dialect.
class ErrorsPageTest {
  private static final Path ROOT = Path.of("..");

  /// Each error table of the code, with its page and the heading its codes stand under.
  private static final Map<String, Place> PLACES =
      Map.of(
          "NativeError", new Place("docs/native-api.md", "## Errors"),
          "GatewayError", new Place("docs/mpaas.md", "### From the gateway"),
          "ResultCode", new Place("docs/mpaas.md", "## Errors"),
          "JpushError", new Place("docs/jpush.md", "## Errors"),
          "VivoError", new Place("docs/vivo.md", "## Results"),
          "V2Code", new Place("ERRORS.md", "## Getui REST V2"),
          "V1Result", new Place("ERRORS.md", "## Getui REST V1"),
          "WireResult", new Place("ERRORS.md", "## Getui's V1 wire"));

  private static final Pattern SPAN = Pattern.compile("(\\d+)–(\\d+)");

  private record Place(String page, String heading) {}

  private static List<JavaClass> tables() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.boomerang.dialect")
            .stream()
            .filter(type -> type.isEnum() && type.isAssignableTo(ErrorRow.class))
            .toList();
  }

  private static Place place(JavaClass table) {
    return PLACES.entrySet().stream()
        .filter(each -> table.getName().endsWith("." + each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("ERRORS.md names no page for " + table.getName()));
  }

  /// From the heading to the next of its rank.
  private static String section(Place place) throws IOException {
    String page = Files.readString(ROOT.resolve(place.page()));
    int begin = page.indexOf(place.heading() + "\n");
    assertThat(begin).as("%s has %s", place.page(), place.heading()).isNotNegative();
    String rank = place.heading().substring(0, place.heading().indexOf(' ') + 1);
    int end = page.indexOf("\n" + rank, begin + 1);
    return end < 0 ? page.substring(begin) : page.substring(begin, end);
  }

  /// As a word of its own, or between two in `10054–10069`. A `*` stands for any name.
  private static boolean has(String section, String code) {
    String name = "\\Q" + code.replace("*", "\\E\\w+\\Q") + "\\E";
    var word = Pattern.compile("(?<![\\w.-])" + name + "(?![\\w-])");
    return word.matcher(section).find()
        || SPAN.matcher(section)
            .results()
            .anyMatch(
                span ->
                    number(code) >= number(span.group(1)) && number(code) <= number(span.group(2)));
  }

  private static int number(String code) {
    return code.matches("\\d+") ? Integer.parseInt(code) : -1;
  }

  @TestFactory
  Stream<DynamicTest> everyCode_isOnItsPage() {
    List<JavaClass> tables = tables();
    assertThat(tables).hasSize(PLACES.size());
    return tables.stream()
        .map(
            table ->
                DynamicTest.dynamicTest(
                    table.getName(),
                    () -> {
                      String section = section(place(table));
                      assertThat(table.reflect().getEnumConstants())
                          .extracting(row -> ((ErrorRow) row).code())
                          .allMatch(code -> has(section, code));
                    }));
  }
}
