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
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final String LAUNCHER = "./holdfast ";

  /**
   * Every line of the fenced {@code sh} blocks of the README and the commands quoted in the
   * results.
   */
  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    boolean shell = false;
    for (String line : Files.readAllLines(ROOT.resolve("README.md"))) {
      if (line.startsWith("```")) {
        shell = line.equals("```sh");
      } else if (shell) {
        commands.add(line);
      }
    }
    Matcher quoted =
        Pattern.compile("`(\\./holdfast [^`]+)`")
            .matcher(Files.readString(ROOT.resolve("docs/RESULTS.md")));
    while (quoted.find()) {
      commands.add(quoted.group(1));
    }
    return commands;
  }

  @Test
  void everyHoldfastCommandIsOneThatThisProgramTakes() throws IOException {
    List<String> ours = commands().stream().filter(line -> line.startsWith(LAUNCHER)).toList();

    assertThat(ours).hasSizeGreaterThan(12);
    for (String line : ours) {
      String[] arguments = line.substring(LAUNCHER.length()).replaceAll(" > .*", "").split(" ", -1);
      assertThatCode(() -> Holdfast.commandLine().parseArgs(arguments))
          .as(line)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void everyOtherCommandIsTheTestCommandOrARequestToTheApi() throws IOException {
    assertThat(commands().stream().filter(line -> !line.startsWith(LAUNCHER)))
        .allMatch(
            line -> line.equals("mvn verify") || line.startsWith("curl -s localhost:8080/v1/"));
  }

  @Test
  void everySettingOfTheTableIsOneAndHasTheDefaultThatItSays() throws IOException {
    Map<String, String> defaults = Configuration.defaults();
    Matcher rows =
        Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| ([^| ]+)")
            .matcher(Files.readString(ROOT.resolve("README.md")));
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
    Matcher links =
        Pattern.compile("\\]\\(([^)#]+)\\)").matcher(Files.readString(ROOT.resolve("README.md")));
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
