package dev.holdfast.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Lets faults strike one after the other, several at a time but each process by one only, and heals
 * what they have done when their time is over.
 *
 * <p>Owned by one thread.
 */
final class Faults {
  /** So many of the next faults are looked at for one that can strike now. */
  private static final int LOOK_AHEAD = 6;

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(2_500);

  /** The next fault waits so long at most for anything to come of what was sent. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private static final Duration SHORT_DELAY = Duration.ofMillis(40);
  private static final Duration LONG_DELAY = Duration.ofMillis(400);

  private final Processes processes;
  private final Optional<SmallDisk> disk;
  private final List<Fault> waiting;
  private final List<Striking> striking = new ArrayList<>();
  private final Random random;
  private final Consumer<String> say;
  private final int total;
  private int kills;
  private long next;
  private long latest;
  private long stepsThen;

  private record Striking(Fault fault, long end) {}

  /**
   * @param disk that can be made full, if there is one
   * @param random for the pauses between faults
   */
  Faults(
      List<Fault> faults,
      Processes processes,
      Optional<SmallDisk> disk,
      Random random,
      Consumer<String> say) {
    this.waiting = new ArrayList<>(faults);
    this.total = faults.size();
    this.processes = processes;
    this.disk = disk;
    this.random = random;
    this.say = say;
  }

  /** Which share of the faults has struck, 0 to 1. */
  double share() {
    return total == 0 ? 1 : 1 - waiting.size() / (double) total;
  }

  /** Whether all have struck and are over. */
  boolean done() {
    return waiting.isEmpty() && striking.isEmpty();
  }

  int kills() {
    return kills;
  }

  /**
   * Heals what is due and lets the next fault strike when it is time.
   *
   * @param steps grows with everything that comes of what was sent
   */
  void turn(long now, long steps) throws IOException, InterruptedException {
    heal(now);
    boolean moved = steps != stepsThen || now - latest > LONGEST_WAIT.toNanos();
    if (waiting.isEmpty() || now < next || !moved) {
      return;
    }
    Iterator<Fault> candidates = waiting.iterator();
    for (int looked = 0; looked < LOOK_AHEAD && candidates.hasNext(); looked++) {
      Fault fault = candidates.next();
      if (canStrike(fault)) {
        candidates.remove();
        strike(fault, now);
        latest = now;
        stepsThen = steps;
        next = now + random.nextInt((int) LONGEST_PAUSE.toMillis()) * 1_000_000L;
        return;
      }
    }
  }

  private boolean canStrike(Fault fault) {
    Child target = processes.all().get(fault.target());
    boolean struck =
        striking.stream()
            .anyMatch(
                other ->
                    other.fault().target() == fault.target()
                        || other.fault().kind() == Fault.Kind.FULL_DISK);
    return !struck && (target.ready() || fault.early());
  }

  private void strike(Fault fault, long now) throws IOException, InterruptedException {
    Child target = processes.all().get(fault.target());
    long end = now + fault.lasting().toNanos();
    boolean lasts = true;
    switch (fault.kind()) {
      case KILL -> {
        kills++;
        target.kill(Math.max(1, end));
        boolean lost = fault.severe() && processes.loseDisk(target);
        say.accept(
            "kill %d: %s%s, down for %d ms"
                .formatted(
                    kills, target.name(), lost ? " and its disk" : "", fault.lasting().toMillis()));
        lasts = false;
      }
      case SUSPEND -> target.suspend();
      case DELAY -> {
        Duration by = fault.severe() ? LONG_DELAY : SHORT_DELAY;
        processes.proxies(fault.target()).forEach(proxy -> proxy.delay(by));
      }
      case RESET -> {
        processes.proxies(fault.target()).forEach(FaultProxy::reset);
        lasts = false;
      }
      case BLACK_HOLE -> processes.proxies(fault.target()).forEach(FaultProxy::blackHole);
      case FULL_DISK -> {
        lasts = disk.isPresent();
        if (lasts) {
          disk.get().fill();
        }
      }
      default -> throw new AssertionError(fault);
    }
    if (fault.kind() == Fault.Kind.FULL_DISK && !lasts) {
      say.accept("FULL_DISK: left out");
    } else if (fault.kind() != Fault.Kind.KILL) {
      say.accept(
          "%s: %s%s"
              .formatted(
                  fault.kind(),
                  fault.kind() == Fault.Kind.FULL_DISK ? "all" : target.name(),
                  lasts ? ", for %d ms".formatted(fault.lasting().toMillis()) : ""));
    }
    if (lasts) {
      striking.add(new Striking(fault, end));
    }
  }

  private void heal(long now) throws IOException, InterruptedException {
    Iterator<Striking> all = striking.iterator();
    while (all.hasNext()) {
      Striking over = all.next();
      if (now >= over.end()) {
        all.remove();
        heal(over.fault());
      }
    }
  }

  private void heal(Fault fault) throws IOException, InterruptedException {
    switch (fault.kind()) {
      case SUSPEND -> processes.all().get(fault.target()).resume();
      case DELAY -> processes.proxies(fault.target()).forEach(FaultProxy::heal);
      case BLACK_HOLE ->
          processes
              .proxies(fault.target())
              .forEach(
                  proxy -> {
                    proxy.reset();
                    proxy.heal();
                  });
      case FULL_DISK -> disk.orElseThrow().empty();
      default -> throw new AssertionError(fault);
    }
  }
}
