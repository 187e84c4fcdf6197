package dev.holdfast.app;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the compose file and the configuration of Prometheus to what the tools that read them say.
 * Where a tool is missing its check is skipped and says so.
 */
class DeploymentTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path COMPOSE = ROOT.resolve("docker-compose.yml");
  private static final Path PROMETHEUS = ROOT.resolve("monitoring/prometheus");

  @TempDir private Path folder;

  @Test
  void composeFileIsUnderstood() throws Exception {
    String understood = Tool.run("docker-compose", "--file", COMPOSE.toString(), "config");

    assertThat(understood)
        .contains("command:\n    - ingest\n")
        .contains("command:\n    - learner\n")
        .contains("command:\n    - serving\n")
        .contains("command:\n    - monitoring\n");
  }

  @Test
  void everyImageIsPinned() throws Exception {
    List<String> images = matches(COMPOSE, "image: (\\S+)");
    images.addAll(matches(ROOT.resolve("Dockerfile"), "FROM (\\S+)"));

    assertThat(images).hasSizeGreaterThan(5).allMatch(image -> image.matches(".+:v?\\d+[.]\\d+.*"));
  }

  @Test
  void everyMountedPathIsThere() throws Exception {
    assertThat(matches(COMPOSE, "- \\./([^:]+):"))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
    assertThat(matches(COMPOSE, "/var/lib/grafana/dashboards/(\\S+\\.json)"))
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(ROOT.resolve("monitoring/dashboards").resolve(file)).exists());
  }

  @Test
  void everyVariableOfTheComposeFileIsASetting() throws Exception {
    Map<String, String> environment = new HashMap<>();
    matches(COMPOSE, "(HOLDFAST_\\w+):").forEach(name -> environment.put(name, "1"));

    Settings settings =
        Settings.gather(Optional.empty(), environment, Map.of(), Configuration.defaults().keySet());

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.values())
        .containsKeys("kafka.bootstrap.servers", "http.address", "http.port");
  }

  @Test
  void prometheusUnderstandsItsConfiguration() throws Exception {
    Tool.run("promtool", "check", "config", PROMETHEUS.resolve("prometheus.yml").toString());
  }

  @Test
  void alertsFireAsTheirTestsSay() throws Exception {
    Tool.run("promtool", "test", "rules", PROMETHEUS.resolve("rules-test.yml").toString());
  }

  @Test
  void metersAreNamedAsPrometheusWantsThem() throws Exception {
    Path scrape = Files.writeString(folder.resolve("metrics"), AllMeters.scrape());

    Tool.run(scrape, "promtool", "check", "metrics");
  }

  @Test
  void prometheusUnderstandsEveryQueryOfTheDashboards() throws Exception {
    StringBuilder rules = new StringBuilder("groups: [{name: queries, rules: [\n");
    int number = 0;
    for (Dashboards.Query query : Dashboards.queries()) {
      String expression = query.sent().replace("'", "''");
      rules.append("{record: 'query:%d', expr: '%s'},\n".formatted(number++, expression));
    }
    Path file = Files.writeString(folder.resolve("queries.yml"), rules.append("]}]\n"));

    assertThat(Tool.run("promtool", "check", "rules", file.toString()))
        .contains(number + " rules found");
  }

  private static List<String> matches(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(toCollection(ArrayList::new));
  }
}
