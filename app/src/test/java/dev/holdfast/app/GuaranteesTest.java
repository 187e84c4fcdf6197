package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/guarantees.md} to the tests that there are. */
class GuaranteesTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void everyTestThatAPromiseNamesIsThere() throws IOException {
    Map<String, Path> tests = tests();
    String promises = Files.readString(ROOT.resolve("docs/guarantees.md"));

    assertThat(Pattern.compile("`(\\w+)\\.(\\w+)`").matcher(promises).results())
        .hasSizeGreaterThan(15)
        .allSatisfy(
            named -> {
              assertThat(tests).containsKey(named.group(1));
              assertThat(Files.readString(tests.get(named.group(1))))
                  .as(named.group())
                  .contains("void " + named.group(2) + "(");
            });
  }

  @Test
  void noPromiseIsWithoutATest() throws IOException {
    Stream<String> promises =
        Pattern.compile("(?m)^- .*(\\n  .*)*")
            .matcher(Files.readString(ROOT.resolve("docs/guarantees.md")))
            .results()
            .map(MatchResult::group);

    assertThat(promises).isNotEmpty().allMatch(promise -> promise.matches("(?s).*`\\w+\\.\\w+`.*"));
  }

  private static Map<String, Path> tests() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 9)) {
      return files
          .filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Function.identity(),
                  (one, other) -> one));
    }
  }
}
