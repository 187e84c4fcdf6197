package dev.holdfast.app;

import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds dashboards and rules to the meters that there are, and dashboards to the rules of Grafana's
 * dashboard linter. Left out are its rules on a choice of job and instance: there is one job, and a
 * dashboard shows the whole installation.
 */
class DashboardsTest {
  /** Labels that come with scraping. */
  private static final Set<String> GIVEN_BY_PROMETHEUS = Set.of("job", "instance", "service");

  /** What turns a counter into something to look at, and the range it looks back. */
  private static final Pattern OVER_A_RANGE =
      Pattern.compile(
          "\\b(rate|irate|increase)\\(([a-zA-Z_:][\\w:]*)(\\{[^}]*\\})?\\[([^\\]]+)\\]");

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
              assertThat(panel.path("targets"))
                  .as(title)
                  .allSatisfy(
                      target -> {
                        assertThat(target.at("/datasource/uid").asText())
                            .isEqualTo("${datasource}");
                        assertThat(target.path("legendFormat").asText()).isNotBlank();
                      });
            });
  }

  @Test
  void panelsDoNotOverlap() throws Exception {
    for (JsonNode dashboard : Dashboards.all()) {
      panelsDoNotOverlap(dashboard);
    }
  }

  private static void panelsDoNotOverlap(JsonNode dashboard) {
    List<int[]> taken = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
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
          .as("%s, %s", dashboard.path("title"), panel.path("title"))
          .noneMatch(
              other ->
                  place[0] < other[2]
                      && other[0] < place[2]
                      && place[1] < other[3]
                      && other[1] < place[3]);
      taken.add(place);
      assertThat(ids.add(panel.path("id").asInt())).as("id of %s", panel.path("title")).isTrue();
    }
  }

  @Test
  void everyDashboardHasANameAPurposeAndADataSourceToChoose() throws Exception {
    assertThat(Dashboards.all())
        .hasSize(6)
        .allSatisfy(
            dashboard -> {
              assertThat(dashboard.path("title").asText()).startsWith("Holdfast: ");
              assertThat(dashboard.path("description").asText()).isNotBlank();
              assertThat(dashboard.path("editable").asBoolean(true)).isFalse();
              JsonNode source = dashboard.at("/templating/list/0");
              assertThat(source.path("type").asText()).isEqualTo("datasource");
              assertThat(source.path("name").asText()).isEqualTo("datasource");
              assertThat(source.path("label").asText()).isEqualTo("Data source");
              assertThat(source.path("query").asText()).isEqualTo("prometheus");
            });
    assertThat(Dashboards.all()).extracting(d -> d.path("uid").asText()).doesNotHaveDuplicates();
  }

  @Test
  void everyOtherVariableIsAskedOfThatDataSourceWheneverTheTimeChanges() throws Exception {
    for (JsonNode dashboard : Dashboards.all()) {
      for (JsonNode variable : dashboard.at("/templating/list")) {
        if (variable.path("type").asText().equals("query")) {
          assertThat(variable.at("/datasource/uid").asText()).isEqualTo("${datasource}");
          assertThat(variable.path("refresh").asInt()).isEqualTo(2);
          assertThat(variable.at("/query/query").asText()).startsWith("label_values(");
        }
      }
    }
  }

  @Test
  void whatOnlyGrowsIsShownAsItsGrowthOverTheStepOfThePanel() throws Exception {
    for (Dashboards.Query query : Dashboards.queries()) {
      Set<String> grown = new HashSet<>();
      OVER_A_RANGE
          .matcher(query.text())
          .results()
          .forEach(
              match -> {
                grown.add(match.group(2));
                if (!match.group(1).equals("increase")) {
                  assertThat(match.group(4)).as(query.where()).isEqualTo("$__rate_interval");
                }
              });
      assertThat(grown)
          .as(query.where())
          .containsAll(
              Promql.names(query.text()).stream()
                  .filter(name -> name.endsWith("_total") || name.endsWith("_bucket"))
                  .collect(toSet()));
    }
  }

  @Test
  void everyMeterOfMonitoringIsOnADashboardOrInARule() throws Exception {
    String shown = queries() + Files.readString(Rules.FILE);

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
            "holdfast.monitoring.untrusted"); // on the dashboard of serving, which refuses the same
  }

  @Test
  void onlyWhatADashboardAsksForIsShownOfKafkaClients() throws Exception {
    String asked = queries();

    assertThat(AllMeters.series().keySet().stream().filter(name -> name.startsWith("kafka_")))
        .hasSizeGreaterThan(5)
        .allMatch(asked::contains);
  }

  @Test
  void everyAlertIsInTheRunbookAndTested() throws Exception {
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
    String tests = Files.readString(Rules.FILE.resolveSibling("rules-test.yml"));
    List<Rules.Rule> alerts = Rules.read().alerts();

    assertThat(headings(runbook))
        .containsExactlyInAnyOrderElementsOf(alerts.stream().map(Rules.Rule::name).toList());
    assertThat(alerts)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            alert -> {
              assertThat(tests).contains("alertname: " + alert.name() + "\n");
              assertThat(alert.annotations())
                  .containsKey("summary")
                  .containsEntry("runbook", "docs/runbook.md#" + alert.name().toLowerCase(ROOT));
            });
  }

  @Test
  void everyQueryAsksForSeriesThatThereAre() throws Exception {
    Map<String, SortedSet<String>> series = AllMeters.series();

    series.put("up", new TreeSet<>());
    assertThat(Dashboards.queries()).isNotEmpty();
    assertThat(Dashboards.queries())
        .allSatisfy(
            query -> {
              SortedSet<String> names = Promql.names(query.text());
              assertThat(names).isNotEmpty();
              assertThat(series).containsKeys(names.toArray(String[]::new));
              Set<String> labels = new HashSet<>(GIVEN_BY_PROMETHEUS);
              names.forEach(name -> labels.addAll(series.get(name)));
              assertThat(labels).containsAll(Promql.labels(query.text()));
            });
  }

  @Test
  void everyRuleAsksForSeriesThatThereAre() throws Exception {
    Rules rules = Rules.read();
    Set<String> known =
        Stream.concat(
                Stream.concat(Stream.of("up"), AllMeters.series().keySet().stream()),
                rules.recording().stream().map(Rules.Rule::name))
            .collect(toSet());

    assertThat(Stream.concat(rules.recording().stream(), rules.alerts().stream()))
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(Promql.names(rule.expression())).isNotEmpty();
              assertThat(known).containsAll(Promql.names(rule.expression()));
            });
  }

  private static String queries() throws IOException {
    return Dashboards.queries().stream().map(Dashboards.Query::text).collect(joining("\n"));
  }

  private static List<JsonNode> panels() throws IOException {
    return Dashboards.all().stream().flatMap(d -> Dashboards.panels(d).stream()).toList();
  }

  private static List<String> headings(String markdown) {
    return markdown
        .lines()
        .filter(line -> line.startsWith("## "))
        .map(line -> line.substring(3))
        .toList();
  }
}
