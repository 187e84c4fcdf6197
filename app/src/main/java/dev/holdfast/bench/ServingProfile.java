package dev.holdfast.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What serving in this process spends the processor on, by a look at the stack of each of its
 * threads every other millisecond: what a thread has spent since the look before counts for what it
 * is at. Time of the processor, so that what runs beside it does not count; collecting garbage and
 * compiling are left out, which threads of the virtual machine do.
 *
 * <p>Not thread-safe; looks from a thread of its own until it is stopped.
 */
final class ServingProfile {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int LOOK_MILLIS = 2;
  private static final int DEEPEST = 96;

  /** In the names of all threads of serving and of its Kafka clients. */
  private static final String SERVING = "serving";

  /** In the name of the thread that follows the versions, and of its Kafka client's. */
  private static final String FOLLOWING = "serving-models";

  private static final String KAFKA_THREAD = "kafka-";

  /** What it can be at, with the code of each, innermost first. */
  enum Work {
    DECODING(
        "dev.holdfast.document.DocumentJson",
        "dev.holdfast.document.Document.",
        "dev.holdfast.wire.JsonStream",
        "dev.holdfast.topic.TextSerde"),
    FEATURES(
        "dev.holdfast.network.Featurizer",
        "dev.holdfast.network.Reading.of",
        "dev.holdfast.network.Word",
        "dev.holdfast.network.Seams"),
    WIDE_PART("dev.holdfast.network.WideRows"),
    ENCODER(
        "dev.holdfast.network.Convolutions",
        "dev.holdfast.network.WordRows",
        "dev.holdfast.network.EncoderModule",
        "dev.holdfast.network.FrozenEncoder",
        "dev.holdfast.network.TrainedEncoder"),
    VALUES("dev.holdfast.network"),
    MEANINGS("dev.holdfast.meaning", "dev.holdfast.extraction.Conventions"),
    ENCODING(
        "dev.holdfast.extraction.ExtractionJson",
        "dev.holdfast.extraction.ReadingJson",
        "dev.holdfast.wire.JsonOutput"),
    METERS("io.micrometer"),
    KAFKA("org.apache.kafka"),
    FOLLOWING,
    OTHER;

    private final List<String> code;

    Work(String... code) {
      this.code = List.of(code);
    }

    /** Its key in reports. */
    String key() {
      String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
      StringBuilder key = new StringBuilder(words[0]);
      for (int i = 1; i < words.length; i++) {
        key.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
      }
      return key.toString();
    }

    /** What a thread is at. */
    private static Work of(ThreadInfo thread) {
      if (thread.getThreadName().contains(ServingProfile.FOLLOWING)) {
        return FOLLOWING;
      }
      if (thread.getThreadName().startsWith(KAFKA_THREAD)) {
        return KAFKA;
      }
      for (StackTraceElement frame : thread.getStackTrace()) {
        String place = frame.getClassName() + "." + frame.getMethodName();
        for (Work work : values()) {
          if (work.code.stream().anyMatch(place::startsWith)) {
            return work;
          }
        }
      }
      return OTHER;
    }
  }

  private final Map<Long, Long> before = new HashMap<>();
  private final Map<Work, Long> nanos = new EnumMap<>(Work.class);
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "profile");

  private ServingProfile() {}

  /** Begins to look. */
  static ServingProfile start() {
    ServingProfile profile = new ServingProfile();
    profile.look();
    profile.nanos.clear();
    profile.thread.start();
    return profile;
  }

  /** Seconds of the processor for each, since the start; looks no more. */
  Map<Work, Double> stop() throws InterruptedException {
    end.countDown();
    thread.join();
    look();
    Map<Work, Double> seconds = new LinkedHashMap<>();
    for (Work work : Work.values()) {
      seconds.put(work, nanos.getOrDefault(work, 0L) / 1e9);
    }
    return Collections.unmodifiableMap(seconds);
  }

  private void run() {
    try {
      while (!end.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds(), 0)) {
      if (thread != null && thread.getThreadName().contains(SERVING)) {
        look(thread.getThreadId());
      }
    }
  }

  private void look(long id) {
    long now = THREADS.getThreadCpuTime(id);
    long spent = now - before.getOrDefault(id, 0L);
    if (spent <= 0) {
      return; // it waits, or has ended
    }
    before.put(id, now);
    ThreadInfo thread = THREADS.getThreadInfo(id, DEEPEST);
    if (thread != null) {
      nanos.merge(Work.of(thread), spent, Long::sum);
    }
  }
}
