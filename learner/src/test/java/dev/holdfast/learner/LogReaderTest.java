package dev.holdfast.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.CollectionName;
import dev.holdfast.topic.TextSerde;
import dev.holdfast.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private static final Topic<CollectionName, byte[]> TOPIC =
      new Topic<>("some", new TextSerde<>(CollectionName::new), Serdes.ByteArray(), 1, Map.of());

  private final TestBroker broker = new TestBroker();
  private final LogReader reader = new LogReader(broker.log(), broker.ends());

  @Test
  void readsWhatIsBetween() {
    for (String name : new String[] {"a", "b", "c", "d"}) {
      broker.append(TOPIC, 0, new CollectionName(name), new byte[0], 0);
    }

    assertThat(keys(1, 3)).containsExactly("b", "c");
    assertThat(keys(0, Long.MAX_VALUE)).containsExactly("a", "b", "c", "d");
    assertThat(keys(4, Long.MAX_VALUE)).isEmpty();
  }

  private List<String> keys(long from, long to) {
    List<String> keys = new ArrayList<>();
    reader.read(TOPIC, 0, from, to, (place, key, value) -> keys.add(key.value()));
    return keys;
  }

  @Test
  void aRecordThatIsNoneOfTheTopicIsNamed() {
    Topic<String, byte[]> anything =
        new Topic<>("some", Serdes.String(), Serdes.ByteArray(), 1, Map.of());
    broker.append(anything, 0, "fine", new byte[0], 0);
    broker.append(anything, 0, "a/b", new byte[0], 0);

    assertThatThrownBy(() -> keys(0, Long.MAX_VALUE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("some-0@1: expected");
  }

  @Test
  void aWakeupEndsARead() {
    broker.append(TOPIC, 0, new CollectionName("a"), new byte[0], 0);
    reader.wakeup();

    assertThatThrownBy(() -> keys(0, Long.MAX_VALUE)).isInstanceOf(WakeupException.class);
  }
}
