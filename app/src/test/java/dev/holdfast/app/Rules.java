package dev.holdfast.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The recording and alert rules of Prometheus, as they stand in their file. */
record Rules(List<Rule> recording, List<Rule> alerts) {
  static final Path FILE =
      Path.of("..", "monitoring", "prometheus", "rules.yml").toAbsolutePath().normalize();

  /**
   * A rule.
   *
   * @param name of the series it records, or of the alert
   * @param expression in the query language of Prometheus
   * @param annotations of an alert
   */
  record Rule(String name, String expression, Map<String, Object> annotations) {}

  static Rules read() throws IOException {
    Rules rules = new Rules(new ArrayList<>(), new ArrayList<>());
    for (Object group : Yaml.list(Yaml.read(FILE).get("groups"))) {
      for (Object each : Yaml.list(Yaml.mapping(group).get("rules"))) {
        Map<String, Object> rule = Yaml.mapping(each);
        boolean alert = rule.containsKey("alert");
        Object name = rule.get(alert ? "alert" : "record");
        Object annotations = rule.getOrDefault("annotations", Map.of());
        (alert ? rules.alerts() : rules.recording())
            .add(new Rule(name.toString(), rule.get("expr").toString(), Yaml.mapping(annotations)));
      }
    }
    return rules;
  }
}
