// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.PacedRunStore;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.TaskStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds which package may use which, where Maven alone cannot.
class ArchitectureTest {
  private static final String BASE = "dev.boomerang.";
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();
  private static final String[] STORES = {BASE + "store..", BASE + "kit.memory.."};

  /// Everything of ours that runs, as the server sees it, and the kit; no tests.
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.boomerang");

  @Test
  void everyPackage_isSeen() {
    assertThat(OURS.stream().map(JavaClass::getPackageName))
        .contains(
            BASE + "model.push",
            BASE + "lifecycle",
            BASE + "port",
            BASE + "engine",
            BASE + "engine.accept",
            BASE + "kit.memory",
            BASE + "web",
            BASE + "store.sql",
            BASE + "store.sqlite",
            BASE + "store.postgres",
            BASE + "gateway",
            BASE + "gateway.session",
            BASE + "dialect.getui",
            BASE + "dialect.getui.v2",
            BASE + "dialect.mpaas",
            BASE + "dialect.nativeapi",
            BASE + "device",
            BASE + "server",
            BASE + "server.http");
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("dev.boomerang.(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void model_seesTheJdkOnly() {
    onlySees("model");
  }

  @Test
  void lifecycle_seesModelAndTheJdk() {
    onlySees("lifecycle", "model");
  }

  @Test
  void port_seesModelAndLifecycle() {
    onlySees("port", "model", "lifecycle");
  }

  @Test
  void engine_seesModelLifecycleAndPort() {
    onlySees("engine", "model", "lifecycle", "port");
  }

  @Test
  void memoryStore_seesModelLifecycleAndPort() {
    onlySees("kit.memory", "model", "lifecycle", "port");
  }

  /// Filters of the engine's lists and what the lists hold, such as a firing with its schedule.
  /// Records have no store behind them.
  private static final DescribedPredicate<JavaClass> VALUES_OF_PORTS =
      DescribedPredicate.describe(
          "records of a port",
          type -> type.getPackageName().equals(BASE + "port") && type.isRecord());

  @Test
  void dialects_seeModelEngineAndWeb_neverAnotherDialect() {
    for (String dialect : dialects()) {
      noClasses()
          .that()
          .resideInAPackage(dialect + "..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.boomerang..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage(
                              dialect + "..",
                              BASE + "model..",
                              BASE + "lifecycle",
                              BASE + "engine..",
                              BASE + "web..")))
                  .and(DescribedPredicate.not(type(StoreException.class)))
                  .and(DescribedPredicate.not(VALUES_OF_PORTS)))
          .because("a dialect translates, and says in its own way that the store is silent")
          .check(OURS);
    }
  }

  /// A dialect is a plug, so what lies below it must not know which there are.
  @Test
  void noDialect_isNamedBelowTheDialects() throws IOException {
    Pattern dialect =
        Pattern.compile(
            "(?i)" + dialects().stream().map(ArchitectureTest::last).collect(joining("|")));
    for (String module :
        List.of("core", "kit", "web", "store-sql", "store-sqlite", "store-postgres", "gateway")) {
      try (Stream<Path> files =
          Files.find(
              ROOT.resolve(module).resolve("src/main/java"),
              20,
              (file, _) -> file.toString().endsWith(".java"))) {
        assertThat(files.toList())
            .isNotEmpty()
            .allSatisfy(
                file ->
                    assertThat(Files.readAllLines(file, UTF_8))
                        .as(file.toString())
                        .filteredOn(line -> !line.strip().startsWith("//"))
                        .noneMatch(line -> dialect.matcher(line).find()));
      }
    }
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Test
  void gateway_seesModelEngineAndPort() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "gateway..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.boomerang..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            BASE + "gateway..",
                            BASE + "model..",
                            BASE + "lifecycle",
                            BASE + "engine..",
                            BASE + "port"))))
        .check(OURS);
  }

  /// A session is logic: it is tested, and would run, without a socket.
  @Test
  void gatewaySession_seesNoNetty() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "gateway.session..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(OURS);
  }

  @Test
  void channels_neverSeeTheEngine() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "channel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + "engine..")
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void stores_seeNothingAbovePorts() {
    noClasses()
        .that()
        .resideInAnyPackage(STORES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            BASE + "engine..",
            BASE + "web..",
            BASE + "gateway..",
            BASE + "dialect..",
            BASE + "server..")
        .check(OURS);
  }

  @Test
  void deviceSdk_seesNothingOfTheServer() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "device..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.boomerang..")
                .and(DescribedPredicate.not(resideInAPackage(BASE + "device.."))))
        .check(OURS);
  }

  @Test
  void netty_livesInTheGateway() {
    onlyIn("io.netty..", BASE + "gateway..", BASE + "server.http..");
  }

  @Test
  void vertx_livesInTheHttpServer() {
    onlyIn("io.vertx..", BASE + "server.http..");
  }

  /// And in the kit, which has connections that fail on purpose.
  @Test
  void sql_livesInTheStores() {
    onlyIn("java.sql..", BASE + "store..", BASE + "kit..");
    onlyIn("javax.sql..", BASE + "store..");
  }

  @Test
  void prometheus_livesInOps() {
    onlyIn("io.prometheus..", BASE + "server.ops..");
  }

  /// The methods of the ports that move deliveries from state to state.
  private static final Map<Class<?>, Set<String>> WRITES =
      Map.of(
          DeliveryStore.class, Set.of("record"),
          TaskStore.class, Set.of("accept", "acceptAll", "add"),
          BroadcastStore.class, Set.of("recall", "stop", "timeUp"),
          PacedRunStore.class, Set.of("release"));

  @Test
  void deliveryStates_haveOneWriter() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(BASE + "engine.deliver.Deliveries")
        .and()
        .resideOutsideOfPackages(STORES)
        .and()
        .resideOutsideOfPackage(BASE + "port")
        .and()
        .resideOutsideOfPackage(BASE + "kit..")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "the target moves deliveries",
                call ->
                    WRITES.entrySet().stream()
                        .anyMatch(
                            port ->
                                call.getTargetOwner().isAssignableTo(port.getKey())
                                    && port.getValue().contains(call.getTarget().getName()))))
        .check(OURS);
  }

  @Test
  void time_comesFromAnInjectedClock() {
    noClasses()
        .that(
            are(
                DescribedPredicate.describe(
                    "not at the edge of the process",
                    type ->
                        !type.getFullName().equals(BASE + "server.Main")
                            && !type.getPackageName().equals(BASE + "server.cli")
                            && !type.getPackageName().startsWith(BASE + "device")
                            && !type.getPackageName().startsWith(BASE + "kit"))))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "the target asks the machine's clock", ArchitectureTest::asksTheTime))
        .check(OURS);
  }

  @Test
  void mocks_areOnNoClassPath() {
    for (String type :
        List.of(
            "org.mockito.Mockito", "org.easymock.EasyMock", "io.mockk.MockK", "mockit.Mocked")) {
      String file = type.replace('.', '/') + ".class";
      assertThat(Optional.ofNullable(ClassLoader.getSystemResource(file))).as(type).isEmpty();
    }
  }

  @Test
  void mocks_areInNoModule() throws IOException {
    try (Stream<Path> files = Files.find(ROOT, 3, (file, _) -> file.endsWith("pom.xml"))) {
      assertThat(files.toList())
          .hasSizeGreaterThan(10)
          .allSatisfy(
              pom ->
                  assertThat(Files.readString(pom, UTF_8))
                      .doesNotContainPattern("(?i)mockito|easymock|powermock|jmockit|mockk"));
    }
  }

  private static final Set<String> NOW =
      Set.of(
          "now",
          "system",
          "systemUTC",
          "systemDefaultZone",
          "tick",
          "tickMillis",
          "tickSeconds",
          "tickMinutes");

  private static boolean asksTheTime(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    String name = call.getTarget().getName();
    if (owner.isEquivalentTo(System.class)) {
      return name.equals("currentTimeMillis") || name.equals("nanoTime");
    }
    boolean isTime =
        List.of(
                Clock.class,
                Instant.class,
                LocalDate.class,
                LocalDateTime.class,
                LocalTime.class,
                OffsetDateTime.class,
                ZonedDateTime.class)
            .stream()
            .anyMatch(owner::isEquivalentTo);
    boolean takesAClock =
        call.getTarget().getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(Clock.class));
    return isTime && NOW.contains(name) && !takesAClock;
  }

  /// Checks that `layer` uses only itself and `others` of our packages, and of libraries only the
  /// JDK and the annotations that the compiler reads.
  private static void onlySees(String layer, String... others) {
    var allowed = new java.util.ArrayList<String>();
    allowed.add("java..");
    allowed.add("javax.crypto..");
    allowed.add("org.jspecify..");
    allowed.add(BASE + layer + "..");
    for (String other : others) {
      allowed.add(BASE + other + "..");
    }
    classes()
        .that()
        .resideInAPackage(BASE + layer + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(OURS);
  }

  private static void onlyIn(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(OURS);
  }

  /// Returns each package directly below `dev.boomerang.dialect`.
  private static Set<String> dialects() {
    String base = BASE + "dialect.";
    Set<String> found =
        OURS.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(base))
            .map(name -> base + name.substring(base.length()).split("\\.")[0])
            .collect(java.util.stream.Collectors.toSet());
    assertThat(found).hasSizeGreaterThanOrEqualTo(2);
    return found;
  }
}
