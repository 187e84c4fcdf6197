package dev.holdfast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.holdfast.app.Holdfast;
import dev.holdfast.control.Control.Action;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Schedules of faults by seed; many more are for {@code ./holdfast simulate}. */
class SimulationTest {
  private static final int SCHEDULES = 40;
  private static final int ENOUGH = 20;

  private final Logger log = (Logger) LoggerFactory.getLogger("dev.holdfast");
  private Level before;

  /** Every fault of every schedule is worth a warning, and there are thousands. */
  @BeforeEach
  void silence() {
    before = log.getLevel();
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    log.setLevel(before);
  }

  @Test
  void noScheduleOfFaultsLosesRepeatsOrChangesAnything() {
    EnumSet<Action> obeyed = EnumSet.noneOf(Action.class);
    for (long seed = 1; seed <= SCHEDULES; seed++) {
      Schedule schedule = Schedule.run(seed, Set.of());
      assertThat(schedule.wrong())
          .as("./holdfast simulate --schedules 1 --seed %d", seed)
          .isEmpty();
      obeyed.addAll(schedule.obeyed());
    }
    assertThat(EnumSet.complementOf(obeyed))
        .as("only weights to import are in no schedule")
        .containsExactly(Action.IMPORT);
  }

  @ParameterizedTest
  @EnumSource
  void offsetsThatAreNotCommittedWithWhatComesOfThemAreFound(Sabotage sabotage) {
    assertThat(
            LongStream.rangeClosed(1, ENOUGH)
                .mapToObj(seed -> Schedule.run(seed, Set.of(sabotage)).wrong())
                .filter(wrong -> wrong.stream().anyMatch(w -> w.contains(sabotage.found())))
                .findFirst())
        .isPresent();
  }

  @Test
  void aSeedDecidesAll() {
    Schedule one = Schedule.run(7, Set.of(Sabotage.SERVING_LOSES));

    assertThat(Schedule.run(7, Set.of(Sabotage.SERVING_LOSES))).isEqualTo(one);
    assertThat(one.deaths()).isPositive();
  }

  @Test
  void theCommandSaysWhatItRan() {
    StringWriter out = new StringWriter();
    int code =
        Holdfast.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute("simulate", "--schedules", "1", "--seed", "5", "--json");

    assertThat(code).isZero();
    assertThat(List.of(out.toString().split("[{,:}]")))
        .contains("\"seed\"", "\"schedules\"", "\"deaths\"", "\"failed\"", "\"seconds\"")
        .contains("5", "1", "0");
  }
}
