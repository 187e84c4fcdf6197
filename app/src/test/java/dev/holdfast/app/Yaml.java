package dev.holdfast.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files of YAML as maps, lists and scalars; aliases and merge keys are resolved. */
final class Yaml {
  private Yaml() {}

  /** The one document of a file, a mapping at its top. */
  static Map<String, Object> read(Path file) throws IOException {
    return mapping(loader().load(Files.readString(file)));
  }

  /** All documents of a file, each a mapping at its top. */
  static List<Map<String, Object>> readAll(Path file) throws IOException {
    List<Map<String, Object>> documents = new ArrayList<>();
    loader().loadAll(Files.readString(file)).forEach(each -> documents.add(mapping(each)));
    return documents;
  }

  private static org.yaml.snakeyaml.Yaml loader() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
  }

  /** What should be a mapping, its keys texts. */
  @SuppressWarnings("unchecked") // Every key of the files read here is a text.
  static Map<String, Object> mapping(Object value) {
    if (!(value instanceof Map)) {
      throw new IllegalArgumentException("expected a mapping, was " + value);
    }
    return (Map<String, Object>) value;
  }

  /** What should be a list. */
  static List<?> list(Object value) {
    if (!(value instanceof List<?> list)) {
      throw new IllegalArgumentException("expected a list, was " + value);
    }
    return list;
  }
}
