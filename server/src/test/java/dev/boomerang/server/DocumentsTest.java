// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the Markdown files: short lines, links that lead somewhere, and names of the code that
/// exist.
class DocumentsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();
  private static final int LONGEST_LINE = 100;
  private static final int MOST_GLOSSARY_ENTRIES = 40;

  /// Files whose lines are still longer.
  private static final Set<String> NOT_WRAPPED_YET = Set.of("docs/device-sdk-java.md");

  /// The files whose names of types and methods are compared with the code.
  private static final List<String> ABOUT_THE_CODE =
      List.of("ARCHITECTURE.md", "CONTRIBUTING.md", "GLOSSARY.md", "README.md", "README.zh-CN.md");

  /// Names that look like a type of ours and are a library's, a vendor's or HTTP's.
  private static final Set<String> FOREIGN = Set.of("CommonRequest", "ImageUrls", "IconUrls");

  private static final Pattern CODE_SPAN = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern TYPE_NAME =
      Pattern.compile("(?:[a-z]\\w*\\.)*[A-Z]\\w*[a-z]\\w*(?:[.#]\\w+)*");
  private static final Pattern DECLARATION =
      Pattern.compile("\\b(?:class|interface|record|enum)\\s+([A-Z]\\w*)");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  /// A source file that declares a type.
  private record Source(String packageName, String text) {}

  @TestFactory
  Stream<DynamicTest> lines_areShort() throws IOException {
    return documents().stream()
        .filter(name -> !NOT_WRAPPED_YET.contains(name))
        .map(name -> DynamicTest.dynamicTest(name, () -> assertThat(longLines(name)).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> links_leadToFiles() throws IOException {
    return documents().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertThat(links(name))
                            .allSatisfy(
                                link ->
                                    assertThat(ROOT.resolve(name).resolveSibling(link)).exists())));
  }

  @TestFactory
  Stream<DynamicTest> namesOfTheCode_exist() throws IOException {
    Map<String, List<Source>> types = types();
    return ABOUT_THE_CODE.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertThat(codeNames(name))
                            .filteredOn(each -> !isInTheCode(each, types))
                            .isEmpty()));
  }

  @Test
  void glossary_isShort() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("GLOSSARY.md")))
        .filteredOn(line -> line.startsWith("| **"))
        .hasSizeBetween(20, MOST_GLOSSARY_ENTRIES);
  }

  @Test
  void check_findsANameThatIsNotThere() throws IOException {
    Map<String, List<Source>> types = types();

    assertThat(isInTheCode("web.Dialect", types)).isTrue();
    assertThat(isInTheCode("web.Dialect.refuse", types)).isTrue();
    assertThat(isInTheCode("Refusal.TooLarge", types)).isTrue();
    assertThat(isInTheCode("NoSuchDialect", types)).isFalse();
    assertThat(isInTheCode("gateway.Dialect", types)).isFalse();
    assertThat(isInTheCode("web.Dialect.noSuchMethod", types)).isFalse();
  }

  /// Returns the Markdown files of the repository, as paths from its root.
  private static List<String> documents() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.find(ROOT, 8, (file, _) -> file.toString().endsWith(".md"))) {
      files
          .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
          .filter(file -> !file.matches("(.*/)?(target|node_modules|\\.[^/]+)/.*"))
          .sorted()
          .forEach(found::add);
    }
    assertThat(found).contains("README.md", "docs/operations.md");
    return found;
  }

  /// Returns the lines that are too long. Tables, code blocks, headings with a link, and lines that
  /// are nothing but one long word, such as a URL, may be.
  private static List<String> longLines(String document) throws IOException {
    List<String> found = new ArrayList<>();
    boolean inCode = false;
    int number = 0;
    for (String line : Files.readAllLines(ROOT.resolve(document))) {
      number++;
      String text = line.strip();
      inCode ^= text.startsWith("```");
      boolean mayBeLong =
          inCode
              || text.startsWith("|")
              || (text.startsWith("#") && text.contains("]("))
              || text.matches("(?:[-*] )?\\S*(?:://|]\\()\\S*");
      if (!mayBeLong && line.codePointCount(0, line.length()) > LONGEST_LINE) {
        found.add(number + ": " + line);
      }
    }
    return found;
  }

  /// Returns where the links within the repository lead.
  private static List<String> links(String document) throws IOException {
    return LINK.matcher(Files.readString(ROOT.resolve(document)))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.contains("://") && !link.startsWith("mailto:"))
        .toList();
  }

  /// Returns what looks like a Java type or a method of one: in code spans, and in the call chains
  /// that stand in code blocks.
  private static List<String> codeNames(String document) throws IOException {
    List<String> names = new ArrayList<>();
    boolean inCode = false;
    for (String line : Files.readAllLines(ROOT.resolve(document))) {
      if (line.strip().startsWith("```")) {
        inCode = !inCode;
      } else if (inCode) {
        String first = line.strip().split("\\s", 2)[0];
        if (first.contains(".") && TYPE_NAME.matcher(first).matches()) {
          names.add(first);
        }
      } else {
        CODE_SPAN
            .matcher(line)
            .results()
            .map(span -> span.group(1))
            .filter(span -> TYPE_NAME.matcher(span).matches())
            .forEach(names::add);
      }
    }
    return names;
  }

  /// Returns the source files by the names of the types that they declare, nested ones included.
  private static Map<String, List<Source>> types() throws IOException {
    List<Path> files;
    try (Stream<Path> found =
        Files.find(ROOT, 20, (file, _) -> file.toString().endsWith(".java"))) {
      files = found.filter(file -> !file.toString().contains("target")).toList();
    }
    Map<String, List<Source>> types = new HashMap<>();
    for (Path file : files) {
      String text = Files.readString(file);
      String packageName =
          PACKAGE.matcher(text).results().map(each -> each.group(1)).findFirst().orElse("");
      for (MatchResult type : DECLARATION.matcher(text).results().toList()) {
        types
            .computeIfAbsent(type.group(1), _ -> new ArrayList<>())
            .add(new Source(packageName, text));
      }
    }
    return types;
  }

  /// Returns whether a source declares the type and has every member of it that the name has; a
  /// package in front of the type is the end of the source's package.
  private static boolean isInTheCode(String name, Map<String, List<Source>> types) {
    String[] parts = name.split("[.#]");
    int at = 0;
    var qualifier = new StringBuilder();
    while (Character.isLowerCase(parts[at].charAt(0))) {
      qualifier.append('.').append(parts[at++]);
    }
    if (FOREIGN.contains(parts[at])) {
      return true;
    }
    List<String> members = List.of(parts).subList(at + 1, parts.length);
    return types.getOrDefault(parts[at], List.of()).stream()
        .filter(source -> ("." + source.packageName()).endsWith(qualifier.toString()))
        .anyMatch(
            source ->
                members.stream()
                    .allMatch(
                        member ->
                            Pattern.compile("\\b" + member + "\\b").matcher(source.text()).find()));
  }
}
