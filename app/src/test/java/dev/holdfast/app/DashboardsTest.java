package dev.holdfast.app;

import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.process.DeclaredMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds dashboards and rules to the meters that there are. */
class DashboardsTest {
  private static final Path DASHBOARDS = Path.of("..", "monitoring", "dashboards");
  private static final Path RULES = Path.of("..", "monitoring", "prometheus", "rules.yml");

  private static final String SENT = "kafka_producer_record_send_total";

  /** Labels that come with scraping. */
  private static final Set<String> GIVEN_BY_PROMETHEUS = Set.of("job", "instance", "service");

  @Test
  void everyPanelSaysWhatItShowsAndInWhichUnit() throws Exception {
    List<JsonNode> panels = panels();

    assertThat(panels).hasSizeGreaterThan(15);
    assertThat(panels)
        .allSatisfy(
            panel -> {
              String title = panel.path("title").asText();
              assertThat(title).isNotBlank();
              assertThat(panel.path("description").asText()).as(title).isNotBlank();
              assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
              assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
              assertThat(panel.path("targets")).as(title).isNotEmpty();
            });
  }

  @Test
  void panelsDoNotOverlap() throws Exception {
    for (JsonNode dashboard : dashboards()) {
      panelsDoNotOverlap(dashboard);
    }
  }

  private static void panelsDoNotOverlap(JsonNode dashboard) {
    List<int[]> taken = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      JsonNode at = panel.path("gridPos");
      int[] place = {
        at.path("x").asInt(),
        at.path("y").asInt(),
        at.path("x").asInt() + at.path("w").asInt(),
        at.path("y").asInt() + at.path("h").asInt()
      };
      assertThat(place[2]).isLessThanOrEqualTo(24);
      assertThat(taken)
          .noneMatch(
              other ->
                  place[0] < other[2]
                      && other[0] < place[2]
                      && place[1] < other[3]
                      && other[1] < place[3]);
      taken.add(place);
    }
  }

  @Test
  void everyDashboardHasANameAPurposeAndADataSourceToChoose() throws Exception {
    assertThat(dashboards())
        .hasSize(6)
        .allSatisfy(
            dashboard -> {
              assertThat(dashboard.path("title").asText()).startsWith("Holdfast: ");
              assertThat(dashboard.path("description").asText()).isNotBlank();
              assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
            });
    assertThat(dashboards()).extracting(d -> d.path("uid").asText()).doesNotHaveDuplicates();
  }

  @Test
  void everyMeterOfMonitoringIsOnADashboardOrInARule() throws Exception {
    String shown = queries() + Files.readString(RULES);

    assertThat(AllMeters.declared().get("monitoring"))
        .filteredOn(meter -> AllMeters.series(meter).keySet().stream().noneMatch(shown::contains))
        .extracting(DeclaredMeter::name)
        .containsExactlyInAnyOrder(
            "holdfast.monitoring.extractions",
            "holdfast.monitoring.repeated",
            "holdfast.monitoring.examples",
            "holdfast.monitoring.watched",
            "holdfast.monitoring.rejected",
            "holdfast.monitoring.versions",
            "holdfast.monitoring.version");
  }

  @Test
  void onlyWhatADashboardAsksForIsShownOfKafkaClients() throws Exception {
    String asked = String.join("\n", queries());

    assertThat(AllMeters.series().keySet().stream().filter(name -> name.startsWith("kafka_")))
        .hasSizeGreaterThan(5)
        .allMatch(asked::contains);
  }

  @Test
  void everyAlertIsInTheRunbookAndTested() throws Exception {
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
    String tests = Files.readString(RULES.resolveSibling("rules-test.yml"));
    String rules = Files.readString(RULES);
    List<String> alerts = matches(rules, "alert: (\\S+)").toList();

    assertThat(matches(runbook, "(?m)^## (\\S+)")).containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(alerts)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            alert -> {
              assertThat(tests).contains("alertname: " + alert + "\n");
              assertThat(rules).contains("runbook: docs/runbook.md#" + alert.toLowerCase(ROOT));
            });
  }

  @Test
  void everyQueryAsksForSeriesThatThereAre() throws Exception {
    Map<String, SortedSet<String>> series = AllMeters.series();

    series.put("up", new TreeSet<>());
    // Of a transaction's producer only.
    series.put("kafka_producer_txn_commit_time_ns_total", series.get(SENT));

    assertThat(queries()).isNotEmpty();
    assertThat(queries())
        .allSatisfy(
            query -> {
              assertThat(Promql.names(query)).isNotEmpty();
              assertThat(series).containsKeys(Promql.names(query).toArray(String[]::new));
              Set<String> labels = new HashSet<>(GIVEN_BY_PROMETHEUS);
              Promql.names(query).forEach(name -> labels.addAll(series.get(name)));
              assertThat(labels).containsAll(Promql.labels(query));
            });
  }

  @Test
  void everyRuleAsksForSeriesThatThereAre() throws Exception {
    String rules = Files.readString(RULES);
    Set<String> known =
        Stream.concat(
                Stream.concat(Stream.of("up"), AllMeters.series().keySet().stream()),
                matches(rules, "record: (\\S+)"))
            .collect(toSet());

    List<String> expressions = matches(rules, "(?m)expr: (?:>-\\n)?((?:.|\\n {10,})*)").toList();

    assertThat(expressions).hasSameSizeAs(matches(rules, "(expr):").toList());
    assertThat(expressions)
        .allSatisfy(
            expression -> {
              assertThat(Promql.names(expression)).isNotEmpty();
              assertThat(known).containsAll(Promql.names(expression));
            });
  }

  /** Every query of every panel and variable, as it stands in the file. */
  static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : panels()) {
      panel.path("targets").forEach(target -> queries.add(target.path("expr").asText()));
    }
    for (JsonNode dashboard : dashboards()) {
      for (JsonNode variable : dashboard.at("/templating/list")) {
        matches(variable.at("/query/query").asText(), "label_values\\((.*), \\w+\\)")
            .forEach(queries::add);
      }
    }
    return queries;
  }

  private static List<JsonNode> panels() throws IOException {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode dashboard : dashboards()) {
      for (JsonNode panel : dashboard.path("panels")) {
        if (!panel.path("type").asText().equals("row")) {
          panels.add(panel);
        }
      }
    }
    return panels;
  }

  private static List<JsonNode> dashboards() throws IOException {
    List<JsonNode> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        dashboards.add(JsonMapper.builder().build().readTree(file.toFile()));
      }
    }
    return dashboards;
  }

  private static Stream<String> matches(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found.stream();
  }
}
