// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds how the code is laid out: packages stay small, each says what it is for, and files that
/// need each other in a circle are few.
class LayoutTest {
  /// The most source files that a package may have beside its `package-info`.
  private static final int MOST_FILES = 25;

  /// The most files that may need each other in a circle: a sealed type and its kinds, a parser of
  /// a tree and its nodes.
  private static final int LARGEST_CIRCLE = 3;

  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();

  @Test
  void packages_areSmall() throws IOException {
    assertThat(sources().entrySet())
        .allSatisfy(
            folder ->
                assertThat(folder.getValue().size())
                    .as(folder.getKey())
                    .isLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void packages_sayWhatTheyAreFor() throws IOException {
    assertThat(sources().keySet())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            folder -> assertThat(ROOT.resolve(folder).resolve("package-info.java")).exists());
  }

  @Test
  void files_needEachOtherInSmallCircles() {
    Map<String, Set<String>> uses = uses();
    assertThat(uses).hasSizeGreaterThan(300);

    assertThat(circles(uses))
        .allSatisfy(circle -> assertThat(circle).hasSizeLessThanOrEqualTo(LARGEST_CIRCLE));
  }

  /// Returns the source files of each folder with main code, `package-info` left out.
  private static Map<String, List<Path>> sources() throws IOException {
    var found = new TreeMap<String, List<Path>>();
    try (Stream<Path> files =
        Files.find(ROOT, 20, (file, _) -> file.toString().endsWith(".java"))) {
      files
          .map(ROOT::relativize)
          .filter(file -> file.toString().contains("src/main/java"))
          .filter(file -> !file.toString().contains("target"))
          .filter(file -> !file.endsWith("package-info.java"))
          .forEach(file -> found.computeIfAbsent(folder(file), _ -> new ArrayList<>()).add(file));
    }
    return found;
  }

  private static String folder(Path file) {
    String path = file.toString();
    return path.substring(0, path.lastIndexOf(File.separatorChar));
  }

  /// Returns for each outermost class the others that it uses.
  private static Map<String, Set<String>> uses() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.boomerang");
    var uses = new TreeMap<String, Set<String>>();
    for (JavaClass from : classes) {
      Set<String> targets = uses.computeIfAbsent(outermost(from), _ -> new TreeSet<>());
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        String to = outermost(dependency.getTargetClass());
        if (to.startsWith("dev.boomerang.") && !to.equals(outermost(from))) {
          targets.add(to);
        }
      }
    }
    return uses;
  }

  private static String outermost(JavaClass type) {
    String name = type.getBaseComponentType().getName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /// Returns the strongly connected parts of two nodes and more (Tarjan's algorithm, as published
  /// in SIAM Journal on Computing 1, 1972).
  private static List<Set<String>> circles(Map<String, Set<String>> graph) {
    var search = new Search(graph);
    graph.keySet().forEach(search::visit);
    return search.found;
  }

  private static final class Search {
    private final Map<String, Set<String>> graph;
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final List<Set<String>> found = new ArrayList<>();

    private Search(Map<String, Set<String>> graph) {
      this.graph = graph;
    }

    private void visit(String node) {
      if (order.containsKey(node)) {
        return;
      }
      order.put(node, order.size());
      lowest.put(node, order.get(node));
      open.push(node);
      for (String next : graph.getOrDefault(node, Set.of())) {
        boolean isNew = !order.containsKey(next);
        visit(next);
        if (isNew) {
          lowest.merge(node, lowest.get(next), Math::min);
        } else if (open.contains(next)) {
          lowest.merge(node, order.get(next), Math::min);
        }
      }
      if (lowest.get(node).equals(order.get(node))) {
        close(node);
      }
    }

    private void close(String root) {
      List<String> part =
          Stream.generate(open::pop)
              .takeWhile(node -> !node.equals(root))
              .collect(Collectors.toList());
      part.add(root);
      if (part.size() > 1) {
        found.add(new TreeSet<>(part));
      }
    }
  }
}
