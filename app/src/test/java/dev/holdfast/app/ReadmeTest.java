package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final String LAUNCHER = "./holdfast ";

  private static Path readme() {
    return ROOT.resolve("README.md");
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(readme()), files.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  /** Every line of the fenced {@code sh} blocks. */
  private static List<String> commands(Path document) throws IOException {
    List<String> commands = new ArrayList<>();
    boolean shell = false;
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith("```")) {
        shell = line.equals("```sh");
      } else if (shell) {
        commands.add(line);
      }
    }
    return commands;
  }

  /** The commands of this program that are quoted in running text. */
  private static List<String> quoted(Path document) throws IOException {
    return Pattern.compile("`(\\./holdfast [^`]+)`")
        .matcher(Files.readString(document))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void everyHoldfastCommandIsOneThatThisProgramTakes() throws IOException {
    int found = 0;
    for (Path document : documents()) {
      List<String> lines = new ArrayList<>(commands(document));
      lines.removeIf(line -> !line.startsWith(LAUNCHER));
      lines.addAll(quoted(document));
      for (String line : lines) {
        String[] arguments =
            line.substring(LAUNCHER.length()).replaceAll(" > .*", "").split(" ", -1);
        assertThatCode(() -> Holdfast.commandLine().parseArgs(arguments))
            .as("%s: %s", document, line)
            .doesNotThrowAnyException();
      }
      found += lines.size();
    }
    assertThat(found).isGreaterThan(40);
  }

  @Test
  void everyOtherCommandIsTheTestCommandOrARequestToTheApi() throws IOException {
    assertThat(commands(readme()).stream().filter(line -> !line.startsWith(LAUNCHER)))
        .allMatch(
            line -> line.equals("mvn verify") || line.startsWith("curl -s localhost:8080/v1/"));
  }

  @Test
  void everySettingOfTheTableIsOneAndHasTheDefaultThatItSays() throws IOException {
    Map<String, String> defaults = Configuration.defaults();
    Matcher rows =
        Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| ([^| ]+)").matcher(Files.readString(readme()));
    int settings = 0;
    while (rows.find()) {
      settings++;
      assertThat(defaults).containsKey(rows.group(1));
      if (!rows.group(1).equals("http.port")) { // depends on the command
        assertThat(Double.parseDouble(rows.group(2)))
            .as(rows.group(1))
            .isEqualTo(Double.parseDouble(defaults.get(rows.group(1))));
      }
    }

    assertThat(settings).isGreaterThan(5);
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    Matcher links = Pattern.compile("\\]\\(([^)#]+)\\)").matcher(Files.readString(readme()));
    List<String> targets = new ArrayList<>();
    while (links.find()) {
      targets.add(links.group(1));
    }

    assertThat(targets).isNotEmpty().allMatch(target -> Files.exists(ROOT.resolve(target)));
  }

  @Test
  void theTestCommandIsWhatCiRuns() throws IOException {
    assertThat(Arrays.asList(Files.readString(ROOT.resolve(".ci/run")).split("\n", -1)))
        .anyMatch(line -> line.strip().matches("(exec )?mvn (-B )?verify"));
  }
}
