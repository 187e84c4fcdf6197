package dev.holdfast.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultTest {
  @Test
  void aSeedDecidesTheFaultsAndTheirOrder() {
    List<Fault> faults = Fault.schedule(50, 3, 4, new Random(7));

    assertThat(Fault.schedule(50, 3, 4, new Random(7))).isEqualTo(faults);
    assertThat(Fault.schedule(50, 3, 4, new Random(8))).isNotEqualTo(faults);
  }

  @Test
  void everyServiceIsKilledAsOftenAsABrokerAndEveryKindOfFaultComes() {
    List<Fault> faults = Fault.schedule(100, 1, 4, new Random(1));

    Map<Integer, Long> kills =
        faults.stream()
            .filter(fault -> fault.kind() == Fault.Kind.KILL)
            .collect(groupingBy(Fault::target, counting()));
    assertThat(kills).hasSize(5).allSatisfy((target, count) -> assertThat(count).isEqualTo(20));
    assertThat(faults).extracting(Fault::kind).contains(Fault.Kind.values());
  }

  @Test
  void everyBrokerIsKilled() {
    assertThat(Fault.schedule(100, 3, 4, new Random(1)))
        .filteredOn(fault -> fault.kind() == Fault.Kind.KILL)
        .extracting(Fault::target)
        .contains(0, 1, 2);
  }
}
