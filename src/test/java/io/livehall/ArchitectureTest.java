package io.livehall;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. Opening the folder tells the story; this holds it to it. */
class ArchitectureTest {
  private static final String ROOT = "io.livehall";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** What anybody may use. */
  private static final List<String> EVERYONES =
      List.of("java..", "javax.crypto..", "org.slf4j..", "org.jspecify.annotations..");

  private static final List<String> CORE = List.of("io.vertx.core..", "io.netty..");

  /** Our own packages that each may use besides itself. One that is not named may not exist. */
  private static final Map<String, List<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("domain", List.of()),
          Map.entry("config", List.of()),
          Map.entry("hall", List.of("domain")),
          Map.entry("service", List.of("domain", "hall")),
          Map.entry("bus", List.of("domain", "service")),
          Map.entry("protocol", List.of("domain", "hall", "service")),
          Map.entry("verticle", List.of("domain", "hall", "service", "bus", "protocol", "config")),
          Map.entry("postgres", List.of("domain", "service", "config")),
          Map.entry("redis", List.of("domain", "service", "config")),
          Map.entry("tencent", List.of("domain", "service", "config")),
          Map.entry("embedded", List.of("domain", "service", "config")),
          Map.entry("load", List.of("domain", "hall")));

  /** What each may use of others. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("domain", List.of()),
          Map.entry("config", List.of("io.vertx.core.json..")),
          Map.entry("hall", List.of()),
          Map.entry("service", List.of("io.vertx.core")),
          Map.entry("bus", CORE),
          Map.entry(
              "protocol",
              and(CORE, "io.vertx.ext..", "com.fasterxml.jackson.core..", "org.yaml.snakeyaml..")),
          Map.entry("verticle", and(CORE, "io.vertx.ext.web..", "io.micrometer..")),
          Map.entry("postgres", and(CORE, "io.vertx.pgclient..", "io.vertx.sqlclient..")),
          Map.entry("redis", and(CORE, "io.vertx.redis..")),
          Map.entry("tencent", CORE),
          Map.entry("embedded", List.of("org.apache.commons.compress..", "org.tukaani.xz..")),
          Map.entry("load", CORE));

  /** Where the table is not kept, and by whom only. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of("CallbackVerticle", "io.livehall.tencent.Callback");

  @Test
  void packagesAreThoseOfTheTable() {
    Set<String> found =
        ALL.getPackage(ROOT).getSubpackages().stream()
            .map(JavaPackage::getRelativeName)
            .collect(Collectors.toSet());

    assertThat(found).isSubsetOf(MAY_KNOW.keySet());
    assertThat(MAY_USE.keySet()).isEqualTo(MAY_KNOW.keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void packageUsesOnlyWhatItMay(String name) {
    classes().that().resideInAnyPackage(ours(name)).should(useOnly(name)).check(ALL);
  }

  static Set<String> packages() {
    return MAY_KNOW.keySet();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.livehall.(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void noLanguageKnowsAnother() {
    slices().matching("io.livehall.protocol.(*)..").should().notDependOnEachOther().check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.livehall.protocol")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.livehall.protocol.(*)..")
        .check(ALL);
  }

  @Test
  void onlyTheBusKnowsTheEventBus() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.livehall.bus..", ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.core.eventbus..")
        .check(ALL);
  }

  @Test
  void noVerticleNamesAnother() {
    classes().that(areVerticles()).should(nameNoOtherVerticle()).check(ALL);
  }

  @Test
  void serviceKnowsOfVertxOnlyItsFutures() {
    noClasses()
        .that()
        .resideInAPackage("io.livehall.service..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.vertx..")
                .and(describe("are no futures", ArchitectureTest::isNoFuture)))
        .check(ALL);
  }

  @Test
  void jsonIsForTheEdges() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.livehall.protocol..",
            "io.livehall.tencent..",
            "io.livehall.config..",
            "io.livehall.verticle..",
            "io.livehall.load..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(JsonObject.class, JsonArray.class)
        .check(ALL);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    Set<String> silent =
        ALL.stream()
            .map(JavaClass::getPackage)
            .filter(pack -> pack.tryGetPackageInfo().isEmpty())
            .map(JavaPackage::getName)
            .collect(Collectors.toSet());

    assertThat(silent).isEmpty();
  }

  private static ArchCondition<JavaClass> useOnly(String name) {
    String[] known =
        Stream.of(
                EVERYONES.stream(),
                MAY_USE.get(name).stream(),
                Stream.concat(Stream.of(name), MAY_KNOW.get(name).stream())
                    .map(ArchitectureTest::ours))
            .flatMap(packages -> packages)
            .toArray(String[]::new);
    return everyDependency(
        "use only " + String.join(", ", known),
        on -> resideInAnyPackage(known).test(on.getTargetClass()) || isException(on));
  }

  private static boolean isException(Dependency on) {
    String allowed = EXCEPTIONS.get(outermost(on.getOriginClass()).getSimpleName());
    return allowed != null && on.getTargetClass().getName().startsWith(allowed);
  }

  private static ArchCondition<JavaClass> nameNoOtherVerticle() {
    return everyDependency(
        "name no other verticle",
        on ->
            !areVerticles().test(outermost(on.getTargetClass()))
                || outermost(on.getTargetClass()).equals(outermost(on.getOriginClass())));
  }

  private static DescribedPredicate<JavaClass> areVerticles() {
    return assignableTo(Deployable.class)
        .and(resideInAnyPackage("io.livehall.."))
        .as("are verticles");
  }

  private static boolean isNoFuture(JavaClass type) {
    return Stream.of(Future.class, Promise.class, AsyncResult.class)
        .noneMatch(type::isEquivalentTo);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  private static String ours(String name) {
    return ROOT + "." + name + "..";
  }

  private static List<String> and(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  private static ArchCondition<JavaClass> everyDependency(
      String what, Predicate<Dependency> isGood) {
    return new ArchCondition<>(what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().stream()
            .filter(on -> !on.getTargetClass().getBaseComponentType().isPrimitive())
            .filter(on -> !isGood.test(on))
            .forEach(on -> events.add(SimpleConditionEvent.violated(type, on.getDescription())));
      }
    };
  }
}
