package dev.holdfast.chaos;

import dev.holdfast.audit.Audit;
import dev.holdfast.audit.Ledger;
import dev.holdfast.audit.Versions;
import dev.holdfast.learner.LearnerSettings;
import dev.holdfast.learner.VersionHistory;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.version.ModelVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One run: starts everything, lets documents flow and faults strike until all is sent and all
 * faults are over, waits for what is due, and then counts.
 */
final class ChaosRun {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration SETTLING = Duration.ofSeconds(3);
  private static final Duration TELL_EVERY = Duration.ofSeconds(30);

  private final Plan plan;
  private final String main;
  private final Processes.Folders folders;
  private final Consumer<String> say;
  private final Ledger ledger = new Ledger();
  private final Versions versions = new Versions();
  private final Latencies latencies = new Latencies();
  private final Stall stall = new Stall();

  /**
   * A run that has not started.
   *
   * @param main class of the command line, which the services are started by
   * @param folders for data and logs
   * @param say takes lines for the person who waits
   */
  ChaosRun(Plan plan, String main, Processes.Folders folders, Consumer<String> say) {
    this.plan = plan;
    this.main = main;
    this.folders = folders;
    this.say = say;
  }

  /**
   * Runs.
   *
   * @param disk that everything is kept on and that can be made full, if there is one
   * @throws IOException when something cannot be started or sent
   */
  ChaosReport run(Optional<SmallDisk> disk) throws IOException, InterruptedException {
    boolean faulty = plan.kills() > 0;
    JavaCommand java = new JavaCommand(faulty);
    Map<String, String> settings = faulty ? Party.LEARNING : Soak.BOUNDS;
    Ports ports = new Ports(ProcessHandle.current().pid());
    try (Cluster cluster =
            new Cluster(plan.brokers(), folders.data(), folders.logs(), java, ports);
        Processes processes = new Processes(cluster, java, main, folders, settings, say)) {
      say.accept("starting %d brokers and the services".formatted(plan.brokers()));
      processes.start();
      Audit audit =
          new Audit(ledger, versions, document -> latencies.extracted(document, System.nanoTime()));
      try (Auditor auditor = new Auditor(cluster.direct(), audit)) {
        Counts counts = flow(cluster, processes, auditor, disk);
        processes.stopServices();
        auditor.drain();
        auditor
            .rejected()
            .forEach((reason, count) -> say.accept("rejected: %d of %s".formatted(count, reason)));
        say.accept(
            "%d versions, ended without being killed: %d; making some of them again"
                .formatted(versions.count(), processes.ended()));
        return report(counts, rebuild(cluster.direct(), settings));
      }
    }
  }

  private record Counts(int documents, int kills, double seconds, Optional<Soak> soak) {}

  private Counts flow(
      Cluster cluster, Processes processes, Auditor auditor, Optional<SmallDisk> disk)
      throws IOException, InterruptedException {
    Random random = new Random(plan.seed());
    List<Fault> schedule =
        Fault.schedule(plan.kills(), plan.brokers(), Party.SERVICES.size(), random);
    Faults faults = new Faults(schedule, processes, disk, random, say);
    long start = System.nanoTime();
    Footprint footprint = new Footprint(processes.all(), start);
    stall.begin(start);
    long tell = start + TELL_EVERY.toNanos();
    try (Sender sender =
        new Sender(plan, cluster.bootstrap(Party.SENDER), ledger, versions, latencies)) {
      boolean flowing = true;
      while (flowing) {
        processes.keepAlive();
        double room = 1.0 / (schedule.size() + 1);
        sender.turn(faults.share() * (1 - room) + room);
        auditor.poll(POLL);
        long now = System.nanoTime();
        faults.turn(now, ledger.steps());
        if (plan.kills() == 0) {
          footprint.look(now);
        }
        boolean waits = stall.look(now, ledger);
        flowing =
            !(sender.done() && faults.done())
                || (waits && stall.now(now) < plan.patience().toNanos());
        if (now > tell) {
          tell = now + TELL_EVERY.toNanos();
          tell(sender, faults, now - start);
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      settle(processes, auditor);
      Optional<Soak> soak =
          plan.kills() == 0
              ? Optional.of(Soak.of(footprint.samples(), latencies.samples(start), plan.seconds()))
              : Optional.empty();
      return new Counts(sender.documents(), faults.kills(), seconds, soak);
    }
  }

  private void tell(Sender sender, Faults faults, long nanos) {
    say.accept(
        "%d s: %d of %d documents, %d of %d kills, missing %d extractions and %d examples"
            .formatted(
                nanos / 1_000_000_000,
                sender.documents(),
                plan.documents(),
                faults.kills(),
                plan.kills(),
                ledger.lost(),
                ledger.neverLearned()));
  }

  /** What comes too often comes late. */
  private void settle(Processes processes, Auditor auditor) throws IOException {
    long end = System.nanoTime() + SETTLING.toNanos();
    while (System.nanoTime() < end) {
      processes.keepAlive();
      auditor.poll(POLL);
    }
  }

  /**
   * What came of making versions again.
   *
   * @param differing that are not what was published
   */
  private record Rebuilt(int versions, int differing) {}

  /** Makes the latest versions again, whose weights have all that was learned before in them. */
  private Rebuilt rebuild(String bootstrap, Map<String, String> settings) {
    LearnerSettings learner = LearnerSettings.from(new SettingsReader(settings, "learner"));
    Set<ModelVersion> landmarks = versions.landmarks(plan.rebuild());
    int differing = 0;
    try (VersionHistory history =
        new VersionHistory(learner, Map.of("bootstrap.servers", bootstrap))) {
      Map<ModelVersion, VersionHistory.Rebuilt> again = history.rebuild(landmarks);
      for (ModelVersion version : landmarks) {
        VersionHistory.Rebuilt rebuilt = again.get(version);
        if (rebuilt == null || !versions.published(version, rebuilt.rebuilt())) {
          differing++;
          say.accept("version %s comes out differently: %s".formatted(version, rebuilt));
        }
      }
    }
    return new Rebuilt(landmarks.size(), differing);
  }

  private ChaosReport report(Counts counts, Rebuilt rebuilt) {
    return new ChaosReport(
        counts.documents(),
        ledger.annotations(),
        counts.kills(),
        ledger.lost(),
        ledger.duplicated(),
        ledger.learnedTwice(),
        ledger.neverLearned() + ledger.quarantined(),
        rebuilt.differing() + versions.mismatches(),
        ledger.notForgotten(),
        ledger.unsettled() + versions.disobedient(),
        ledger.refusalsNotTold(),
        rebuilt.versions(),
        versions.half(),
        versions.gaps(),
        stall.longest() / 1e9,
        counts.seconds(),
        counts.soak());
  }

  /** The longest time in which nothing came although something was due. */
  private static final class Stall {
    private long steps;
    private long latest;
    private long longest;

    void begin(long now) {
      latest = now;
    }

    /** Whether anything is due. */
    boolean look(long now, Ledger ledger) {
      if (ledger.steps() != steps) {
        steps = ledger.steps();
        latest = now;
      } else if (now - latest > SILENCE.toNanos()) {
        if (ledger.done()) {
          latest = now;
          return false;
        }
        longest = Math.max(longest, now - latest);
      }
      return true;
    }

    /** How long nothing has come by now. */
    long now(long now) {
      return now - latest;
    }

    long longest() {
      return longest;
    }
  }
}
