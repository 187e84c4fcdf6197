package dev.holdfast.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboards of Grafana, as they stand in their files. */
final class Dashboards {
  static final Path FOLDER = Path.of("..", "monitoring", "dashboards").toAbsolutePath().normalize();

  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), \\w+\\)");

  private Dashboards() {}

  /**
   * A query.
   *
   * @param where it stands: dashboard and panel, or dashboard and variable
   * @param text in the query language of Prometheus, with Grafana's variables
   */
  record Query(String where, String text) {
    /** As Grafana sends it when all collections are chosen. */
    String sent() {
      return text.replace("$__rate_interval", "1m").replace("$collection", ".*");
    }
  }

  static List<JsonNode> all() throws IOException {
    List<JsonNode> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        dashboards.add(JsonMapper.builder().build().readTree(file.toFile()));
      }
    }
    return dashboards;
  }

  /** The panels of one dashboard without its rows, which show nothing. */
  static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        panels.add(panel);
      }
    }
    return panels;
  }

  /** Every query of every panel, variable and mark. */
  static List<Query> queries() throws IOException {
    List<Query> queries = new ArrayList<>();
    for (JsonNode dashboard : all()) {
      String title = dashboard.path("title").asText();
      for (JsonNode panel : panels(dashboard)) {
        String where = title + ", " + panel.path("title").asText();
        panel
            .path("targets")
            .forEach(target -> queries.add(new Query(where, target.path("expr").asText())));
      }
      for (JsonNode variable : dashboard.at("/templating/list")) {
        Matcher values = LABEL_VALUES.matcher(variable.at("/query/query").asText());
        if (values.matches()) {
          String where = title + ", variable " + variable.path("name").asText();
          queries.add(new Query(where, values.group(1)));
        }
      }
      for (JsonNode mark : dashboard.at("/annotations/list")) {
        String where = title + ", marks of " + mark.path("name").asText();
        queries.add(new Query(where, mark.path("expr").asText()));
      }
    }
    return queries;
  }
}
