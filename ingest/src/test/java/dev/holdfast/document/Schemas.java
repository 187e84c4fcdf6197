package dev.holdfast.document;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published schemas of {@code docs/schema}, as strict as they can be read. */
public final class Schemas {
  /** Where they stand as far as references between them go. */
  private static final String BASE = "schema:/";

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Schemas::read));

  private Schemas() {}

  /** What is wrong with the message by the schema of that name; formats are checked, too. */
  public static List<String> problems(String schema, byte[] json) {
    return REGISTRY
        .getSchema(SchemaLocation.of(BASE + schema + ".json"))
        .validate(
            new String(json, StandardCharsets.UTF_8),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  private static String read(String location) {
    if (!location.startsWith(BASE)) {
      return null;
    }
    try {
      return Files.readString(Path.of("../docs/schema", location.substring(BASE.length())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
