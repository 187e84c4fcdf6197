package dev.holdfast.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The walls between packages. Maven keeps the modules in a line; these rules say which package may
 * know what.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.holdfast");

  /** Where processes are put together: the only place with a clock, chance and a console. */
  private static final String[] COMPOSITION =
      packages("app", "bench", "chaos", "audit", "simulation");

  private static final String[] SERVICES = packages("ingest", "learner", "serving", "monitoring");

  private static final String[] WITHOUT_KAFKA =
      packages(
          "wire",
          "document",
          "format",
          "sample",
          "meaning",
          "network",
          "score",
          "drift",
          "continual");

  private static final String[] WITH_DJL =
      packages("network", "continual", "serving", "app", "bench");

  /** Named in a rule, not written yet. Any other name without classes is a typing mistake. */
  private static final Set<String> PLANNED = Set.of();

  /** What makes two runs of one seed differ. */
  private static final Pattern TIME_OR_CHANCE =
      Pattern.compile(
          """
          java\\.lang\\.System\\.currentTimeMillis\\(\\)\
          |java\\.time\\..+\\.now\\((java\\.time\\.ZoneId)?\\)\
          |java\\.time\\.(Clock|InstantSource)\\.(system|tick).*\
          |java\\.lang\\.(Strict)?Math\\.random\\(\\)\
          |java\\.util\\.(Splittable)?Random\\.<init>\\(\\)\
          |java\\.security\\.SecureRandom\\.<init>\\(.*\\)\
          |java\\.util\\.concurrent\\.ThreadLocalRandom\\.current\\(\\)\
          |java\\.util\\.random\\.RandomGenerator\\.getDefault\\(\\)\
          |java\\.util\\.UUID\\.randomUUID\\(\\)\
          """);

  @Test
  void everyPackageNamedHereHasClasses() {
    assertThat(Stream.of(COMPOSITION, SERVICES, WITHOUT_KAFKA, WITH_DJL).flatMap(Stream::of))
        .allMatch(
            name ->
                PLANNED.contains(name)
                    || modulesByPackage().containsKey(name.substring(0, name.length() - 2)));
  }

  @Test
  void noPackageIsSplitOverModules() {
    assertThat(modulesByPackage())
        .allSatisfy((name, modules) -> assertThat(modules).as(name).hasSize(1));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.holdfast.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void documentsAndLearningDoNotKnowKafka() {
    noClasses()
        .that()
        .resideInAnyPackage(WITHOUT_KAFKA)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "kafka..")
        .check(CLASSES);
  }

  @Test
  void onlyTheNetworkAndWhatRunsItKnowDjl() {
    noClasses()
        .that()
        .resideOutsideOfPackages(WITH_DJL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
  }

  @Test
  void onlyMeaningKnowsLibrariesOfMeanings() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("meaning"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.ibm.icu..", "com.google.i18n..")
        .check(CLASSES);
  }

  @Test
  void aServiceIsUsedByTheApplicationOnly() {
    for (String service : SERVICES) {
      classes()
          .that()
          .resideInAPackage(service)
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(
              Stream.concat(Stream.of(service), Stream.of(COMPOSITION)).toArray(String[]::new))
          .allowEmptyShould(PLANNED.contains(service))
          .check(CLASSES);
    }
  }

  @Test
  void timeAndChanceArePassedIn() {
    noClasses()
        .that()
        .resideOutsideOfPackages(COMPOSITION)
        .should()
        .accessTargetWhere(
            describe(
                "it asks for the time or for chance",
                access -> TIME_OR_CHANCE.matcher(access.getTarget().getFullName()).matches()))
        .check(CLASSES);
  }

  @Test
  void onlyTheApplicationWritesToTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackages(COMPOSITION)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
  }

  private static String[] packages(String... names) {
    return Stream.of(names).map("dev.holdfast.%s.."::formatted).toArray(String[]::new);
  }

  private static Map<String, Set<String>> modulesByPackage() {
    return CLASSES.stream()
        .collect(groupingBy(JavaClass::getPackageName, mapping(ArchitectureTest::module, toSet())));
  }

  /** The folder or jar that the class was read from. */
  private static String module(JavaClass type) {
    String uri = type.getSource().orElseThrow().getUri().toString();
    return uri.substring(0, uri.indexOf("/dev/holdfast/"));
  }
}
