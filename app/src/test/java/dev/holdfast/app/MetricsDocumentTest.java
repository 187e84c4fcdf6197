package dev.holdfast.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.process.DeclaredMeter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/metrics.md} to what the services declare. */
class MetricsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
  private static final String REGENERATE =
      "mvn -pl app -am test -Dtest=MetricsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dholdfast.regenerate=true";

  private static final String HEAD =
      """
      # Metrics

      Every process answers `GET /metrics` in the text formats of Prometheus and OpenMetrics, with the meters of the services that
      run in it, those of Micrometer for the JVM (`jvm_…`, `process_…`, `system_…`), and those of the Kafka clients (`kafka_…`).

      This page is written from the declarations in the code, and a test fails when it is stale. To write it anew:

          %s

      A timer is a histogram: besides the series below with `_count` and `_sum` it has `_bucket`, for quantiles, and `_max`.
      """;

  @Test
  void documentIsWhatTheServicesDeclare() throws Exception {
    String expected = document();
    if (Boolean.getBoolean("holdfast.regenerate")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(DOCUMENT).as("to write it anew: %s", REGENERATE).hasContent(expected);
  }

  @Test
  void noMeterIsDeclaredTwice() {
    assertThat(AllMeters.declared().values().stream().flatMap(List::stream))
        .extracting(DeclaredMeter::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyMeterIsNamedAfterItsService() {
    AllMeters.declared()
        .forEach(
            (service, meters) ->
                assertThat(meters)
                    .extracting(DeclaredMeter::name)
                    .allMatch(name -> name.startsWith("holdfast." + service + ".")));
  }

  @Test
  void everySeriesThatAPageNamesIsDeclared() throws Exception {
    List<String> declared =
        AllMeters.declared().values().stream()
            .flatMap(List::stream)
            .flatMap(meter -> AllMeters.series(meter).keySet().stream())
            .toList();
    try (Stream<Path> pages = Files.list(DOCUMENT.getParent())) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        assertThat(Pattern.compile("holdfast_[a-z_]+").matcher(Files.readString(page)).results())
            .as(page.toString())
            .extracting(MatchResult::group)
            .allMatch(name -> declared.stream().anyMatch(series -> series.startsWith(name)));
      }
    }
  }

  private static String document() {
    StringBuilder text = new StringBuilder(HEAD.formatted(REGENERATE));
    for (Map.Entry<String, List<DeclaredMeter>> service : AllMeters.declared().entrySet()) {
      text.append("\n## %s\n\n".formatted(service.getKey()));
      text.append("| series | type | unit | labels | what it is |\n|---|---|---|---|---|\n");
      service.getValue().forEach(meter -> text.append(line(meter)));
    }
    return text.toString();
  }

  private static String line(DeclaredMeter meter) {
    String labels = meter.tags().stream().map("`%s`"::formatted).collect(joining(", "));
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            series(meter),
            meter.type().name().toLowerCase(Locale.ROOT),
            meter.unit().isEmpty() ? "–" : meter.unit(),
            labels.isEmpty() ? "–" : labels,
            meter.description());
  }

  /** The one series of a counter or gauge; what all series of a timer begin with. */
  private static String series(DeclaredMeter meter) {
    SortedSet<String> names = new TreeSet<>(AllMeters.series(meter).keySet());
    return switch (meter.type()) {
      case TIMER ->
          names.stream()
              .filter(n -> n.endsWith("_count"))
              .findFirst()
              .orElseThrow()
              .replaceFirst("_count$", "");
      default -> names.first();
    };
  }
}
