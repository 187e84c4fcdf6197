package dev.holdfast.app;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The compose file, as whoever starts it reads it: anchors and merges resolved. */
final class ComposeFile {
  static final Path FILE = Path.of("..", "docker-compose.yml").toAbsolutePath().normalize();
  private static final Path DOCKERFILE = FILE.resolveSibling("Dockerfile");

  private ComposeFile() {}

  /**
   * A service.
   *
   * @param name of it, which is its host in the network of the containers
   * @param keys all that is said of it
   */
  record Service(String name, Map<String, Object> keys) {
    String image() {
      return text("image");
    }

    /** Whether it runs the image that is built here. */
    boolean ours() {
      return image().startsWith("holdfast:");
    }

    /** What follows the entry point. */
    List<String> command() {
      return texts("command");
    }

    Map<String, String> environment() {
      return Yaml.mapping(keys.getOrDefault("environment", Map.of())).entrySet().stream()
          .collect(toMap(Map.Entry::getKey, variable -> variable.getValue().toString()));
    }

    /** The command that says whether it is healthy; none when there is no such check. */
    List<String> healthcheck() {
      Map<String, Object> check = Yaml.mapping(keys.getOrDefault("healthcheck", Map.of()));
      List<String> test = new ArrayList<>();
      Yaml.list(check.getOrDefault("test", List.of())).forEach(word -> test.add(word.toString()));
      return test;
    }

    String text(String key) {
      return keys.getOrDefault(key, "").toString();
    }

    List<String> texts(String key) {
      List<String> texts = new ArrayList<>();
      Yaml.list(keys.getOrDefault(key, List.of())).forEach(each -> texts.add(each.toString()));
      return texts;
    }
  }

  /** Every service of every profile, in the order of the file. */
  static List<Service> services() throws IOException {
    List<Service> services = new ArrayList<>();
    new LinkedHashMap<>(Yaml.mapping(Yaml.read(FILE).get("services")))
        .forEach((name, keys) -> services.add(new Service(name, Yaml.mapping(keys))));
    return services;
  }

  /** The entry point of the image that is built here. */
  static List<String> entryPoint() throws IOException {
    Matcher line =
        Pattern.compile("(?m)^ENTRYPOINT (\\[.*])$").matcher(Files.readString(DOCKERFILE));
    if (!line.find()) {
      throw new IllegalStateException("expected an ENTRYPOINT as a list in " + DOCKERFILE);
    }
    List<String> words = new ArrayList<>();
    for (JsonNode word : JsonMapper.builder().build().readTree(line.group(1))) {
      words.add(word.asText());
    }
    return words;
  }
}
