package dev.holdfast.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One thing that goes wrong.
 *
 * @param kind what
 * @param target number of the process among all, brokers first and then the services
 * @param lasting until it is over; after a kill, until the process is started again
 * @param early whether it may strike a process that is not ready yet
 * @param severe a killed service also loses its local disk; a delay is long
 */
record Fault(Kind kind, int target, Duration lasting, boolean early, boolean severe) {

  /** What can go wrong. */
  enum Kind {
    /** {@code kill -9}. */
    KILL,
    /** SIGSTOP, and SIGCONT later: a long pause of a garbage collector or of a machine. */
    SUSPEND,
    /** Everything between a service and the brokers comes late. */
    DELAY,
    /** All connections of a service break. */
    RESET,
    /** What a service and the brokers send each other vanishes, and nobody is told. */
    BLACK_HOLE,
    /** No process can write to its disk. */
    FULL_DISK
  }

  /** For so many other kinds of fault one is added. */
  private static final int KILLS_PER_OTHER = 3;

  /**
   * The faults of a run in their order: every process is killed about as often as any other.
   *
   * @param kills how many of them are kills
   * @param brokers so many first targets are brokers, of which one is killed as often as a service
   * @param services so many targets after them are services
   */
  static List<Fault> schedule(int kills, int brokers, int services, Random random) {
    List<Fault> faults = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    for (int kill = 1; kill <= kills; kill++) {
      if (targets.isEmpty()) {
        for (int service = 0; service <= services; service++) {
          targets.add(service);
        }
        Collections.shuffle(targets, random);
      }
      int drawn = targets.remove(0);
      boolean service = drawn < services;
      int target = service ? brokers + drawn : random.nextInt(brokers);
      faults.add(
          new Fault(
              Kind.KILL,
              target,
              Duration.ofMillis(random.nextInt(4_000)),
              random.nextInt(6) == 0,
              random.nextInt(4) == 0));
      if (kill % KILLS_PER_OTHER == 0) {
        if (kinds.isEmpty()) {
          Collections.addAll(kinds, Kind.values());
          kinds.remove(Kind.KILL);
          Collections.shuffle(kinds, random);
        }
        faults.add(other(kinds.remove(0), brokers, services, random));
      }
    }
    return faults;
  }

  private static Fault other(Kind kind, int brokers, int services, Random random) {
    int target =
        kind == Kind.SUSPEND
            ? random.nextInt(brokers + services)
            : brokers + random.nextInt(services);
    return new Fault(
        kind,
        target,
        Duration.ofMillis(1_000 + random.nextInt(13_000)),
        false,
        random.nextInt(2) == 0);
  }
}
