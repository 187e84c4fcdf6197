package dev.holdfast.app;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the compose file and the configuration of Prometheus to what the tools that read them say.
 * Where a tool is missing its check is skipped and says so.
 */
class DeploymentTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PROMETHEUS = ROOT.resolve("monitoring/prometheus");

  @TempDir private Path folder;

  @Test
  void composeFileIsUnderstood() throws Exception {
    String understood =
        Tool.run(
            "docker-compose",
            "--file",
            ComposeFile.FILE.toString(),
            "--profile",
            "demo",
            "--profile",
            "scale",
            "config");

    assertThat(ComposeFile.services())
        .allSatisfy(service -> assertThat(understood).contains("\n  " + service.name() + ":\n"));
  }

  @Test
  void everyImageIsPinned() throws Exception {
    List<String> images = matches(ROOT.resolve("Dockerfile"), "FROM (\\S+)");
    ComposeFile.services().forEach(service -> images.add(service.image()));

    assertThat(images).hasSizeGreaterThan(5).allMatch(image -> image.matches(".+:v?\\d+[.]\\d+.*"));
  }

  @Test
  void noContainerIsRootOrWritesWhereItMayNotOrTakesAllThereIs() throws Exception {
    assertThat(ComposeFile.services())
        .allSatisfy(
            service -> {
              assertThat(service.text("user")).as(service.name()).matches("[1-9]\\d*:\\d+");
              assertThat(service.text("read_only")).as(service.name()).isEqualTo("true");
              assertThat(service.texts("cap_drop")).as(service.name()).containsExactly("ALL");
              assertThat(service.texts("security_opt"))
                  .as(service.name())
                  .containsExactly("no-new-privileges:true");
              assertThat(service.keys())
                  .as(service.name())
                  .containsKeys("mem_limit", "cpus", "pids_limit", "healthcheck");
              assertThat(service.texts("tmpfs"))
                  .as(service.name())
                  .allSatisfy(memory -> assertThat(memory).contains("size="));
            });
  }

  @Test
  void everyServiceButTheOneThatAnswersNothingHasAHealthCheck() throws Exception {
    assertThat(ComposeFile.services())
        .filteredOn(service -> service.healthcheck().isEmpty())
        .extracting(ComposeFile.Service::name)
        .containsExactly("demo");
  }

  @Test
  void nothingListensBeyondThisMachine() throws Exception {
    for (ComposeFile.Service service : ComposeFile.services()) {
      assertThat(service.texts("ports"))
          .as(service.name())
          .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }
  }

  @Test
  void nodesOfOneServiceHaveInstanceNamesOfTheirOwn() throws Exception {
    List<String> nodes = new ArrayList<>();
    for (ComposeFile.Service service : ComposeFile.services()) {
      if (service.ours() && !Set.of("monitoring", "demo").contains(service.name())) {
        String of = service.command().get(0);
        nodes.add(
            of
                + " "
                + service
                    .environment()
                    .get("HOLDFAST_%s_INSTANCE".formatted(of.toUpperCase(Locale.ROOT))));
      }
    }
    assertThat(nodes)
        .containsExactlyInAnyOrder("ingest 1", "learner 1", "serving 1", "serving 2", "serving 3");
  }

  @Test
  void whatKafkaIsToldAreSettingsOfKafka() throws Exception {
    Map<String, String> told = new HashMap<>();
    for (ComposeFile.Service service : ComposeFile.services()) {
      if (service.image().startsWith("apache/kafka:")) {
        assertThat(service.image()).endsWith(":" + AppInfoParser.getVersion());
        service
            .environment()
            .forEach(
                (name, value) -> {
                  if (name.startsWith("KAFKA_")) {
                    told.put(
                        name.substring("KAFKA_".length())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '.'),
                        value);
                  }
                });
      }
    }
    KafkaConfig understood = new KafkaConfig(told, false);

    assertThat(told).isNotEmpty();
    assertThat(understood.values()).containsKeys(told.keySet().toArray(String[]::new));
    assertThat(understood.dataPlaneListeners().size()).isEqualTo(2);
  }

  @Test
  void everyMountedPathIsThere() throws Exception {
    assertThat(matches(ComposeFile.FILE, "- \\./([^:]+):"))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
    assertThat(matches(ComposeFile.FILE, "/var/lib/grafana/dashboards/(\\S+\\.json)"))
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(ROOT.resolve("monitoring/dashboards").resolve(file)).exists());
  }

  @Test
  void everyVariableOfTheComposeFileIsASettingWithAValueItCanHave() throws Exception {
    for (ComposeFile.Service service : ComposeFile.services()) {
      if (service.ours()) {
        Settings settings =
            Settings.gather(
                Optional.empty(),
                service.environment(),
                Map.of(),
                Configuration.defaults().keySet());

        assertThat(Configuration.read(settings, 0).kafka())
            .as(service.name())
            .containsEntry("bootstrap.servers", "kafka:9092");
      }
    }
  }

  @Test
  void prometheusFindsEveryServiceUnderANameThatThereIs() throws Exception {
    List<String> names = matches(PROMETHEUS.resolve("prometheus.yml"), "names: \\[(.*)\\]");

    assertThat(List.of(names.get(0).split(", ")))
        .containsExactly("ingest", "learner", "serving", "monitoring");
    assertThat(ComposeFile.services())
        .extracting(ComposeFile.Service::name)
        .containsAll(List.of(names.get(0).split(", ")));
    assertThat(ComposeFile.services())
        .filteredOn(service -> service.command().contains("serving"))
        .filteredOn(service -> !service.name().equals("serving"))
        .hasSize(2)
        .allSatisfy(
            node ->
                assertThat(node.keys().get("networks").toString()).contains("aliases=[serving]"));
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
