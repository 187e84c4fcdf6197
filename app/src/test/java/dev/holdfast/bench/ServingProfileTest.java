package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.DocumentJson;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.JsonStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ServingProfileTest {
  private static final long ENOUGH_NANOS = 300_000_000;

  /** So many documents that telling the time of the processor is little beside them. */
  private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 200;

  private final byte[] json =
      JsonOutput.bytes(DocumentJson::write, new SampleStream(1).at(0).document());

  private final AtomicBoolean end = new AtomicBoolean();
  private final AtomicLong spent = new AtomicLong();
  private final AtomicReference<BadInput> failure = new AtomicReference<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private long tokens;

  /** Reads documents until it is told to end. */
  private void read() {
    try {
      while (!end.get()) {
        for (int i = 0; i < BETWEEN_LOOKS_AT_THE_CLOCK; i++) {
          tokens += JsonStream.read(json, DocumentJson::readTrusted).tokens().size();
        }
        spent.set(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
        begun.countDown();
      }
    } catch (BadInput e) {
      failure.set(e);
    } finally {
      begun.countDown();
    }
  }

  private Map<ServingProfile.Work, Double> profileOf(String thread) throws InterruptedException {
    Thread reader = new Thread(this::read, thread);
    reader.start();
    begun.await();
    assertThat(failure).hasNullValue();
    ServingProfile profile = ServingProfile.start();
    long before = spent.get();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> spent.get() - before > ENOUGH_NANOS);
    Map<ServingProfile.Work, Double> seconds = profile.stop();
    end.set(true);
    reader.join();
    assertThat(failure).hasNullValue();
    assertThat(tokens).isPositive();
    return seconds;
  }

  @Test
  void whatAThreadOfServingSpendsCountsForWhatItIsAt() throws InterruptedException {
    Map<ServingProfile.Work, Double> seconds = profileOf("serving-1");

    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(all).isBetween(.5 * ENOUGH_NANOS / 1e9, 60.0);
    assertThat(seconds.get(ServingProfile.Work.DECODING)).isGreaterThan(.6 * all);
  }

  @Test
  void whatFollowsTheVersionsCountsForThatWhateverItIsAt() throws InterruptedException {
    Map<ServingProfile.Work, Double> seconds = profileOf("serving-models");

    assertThat(seconds.get(ServingProfile.Work.FOLLOWING)).isPositive();
    assertThat(seconds.get(ServingProfile.Work.DECODING)).isZero();
  }

  @Test
  void otherThreadsDoNotCount() throws InterruptedException {
    assertThat(profileOf("learner").values()).containsOnly(0.0);
  }
}
