package dev.holdfast.learner;

import dev.holdfast.continual.Verdict;
import dev.holdfast.continual.Verdict.PutAside;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.JournalRecord.Published;
import dev.holdfast.learner.Lineage.Kept;
import dev.holdfast.version.ChunkedOutput;
import dev.holdfast.version.Content;
import dev.holdfast.version.Digest;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestSigner;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelParts;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.version.Provenance;
import dev.holdfast.version.Refusal;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Writes down what a round has done: journal record, version, tombstones, checkpoint. All of one
 * partition of {@code examples}.
 */
final class RoundWriter {
  /** {@code models} and {@code refusals} have one each. */
  private static final int ONLY_PARTITION = 0;

  private final int partition;
  private final int keepVersions;
  private final Digest configuration;
  private final Optional<ManifestSigner> signer;

  RoundWriter(
      int partition, int keepVersions, Digest configuration, Optional<ManifestSigner> signer) {
    this.partition = partition;
    this.keepVersions = keepVersions;
    this.signer = signer;
    this.configuration = configuration;
  }

  /**
   * Writes the round into the step.
   *
   * @param version the weights to publish with it, if any
   * @param now when it was published
   * @return the lineage after the round
   */
  Lineage round(
      Step step, Lineage before, RoundWork.Done done, Optional<ModelParts> version, Instant now) {
    Batch batch = done.batch();
    Optional<Published> published =
        version.map(
            parts ->
                new Published(
                    before.nextVersion().number(),
                    parts.content().digest(),
                    parts.content().parts(),
                    before.oldestKept(keepVersions)));
    JournalRecord journal =
        new JournalRecord(
            before.nextRound(),
            done.kind(),
            partition,
            batch.from(),
            batch.to(),
            batch.records().size(),
            done.seed(),
            done.updates(),
            published,
            done.verdict(),
            done.outcome().notLearned(),
            done.order(),
            done.forgotten());
    Lineage after = before.after(journal, batch.learned());
    step.write(LearnerTopics.JOURNAL, partition, journal.key(), journal);
    Optional<Manifest> manifest =
        version.map(parts -> manifest(before, after, done, parts.content(), now));
    if (manifest.isPresent()) {
      publish(step, version.get(), manifest.get());
    }
    withdraw(step, before, after);
    refusal(journal, before, now)
        .ifPresent(
            refusal ->
                step.write(ModelTopics.REFUSALS, ONLY_PARTITION, refusal.collection(), refusal));
    done.rejected().ifPresent(rejected -> step.reject(rejected.record(), rejected.why()));
    step.commits(
        new Step.Round(journal, after, done.outcome().remembered(), manifest, done.time()));
    return after;
  }

  private static Optional<Refusal> refusal(JournalRecord journal, Lineage before, Instant now) {
    Optional<Refusal.Refused> version =
        journal
            .verdict()
            .filter(Verdict::refused)
            .map(verdict -> new Refusal.Refused(before.nextVersion().number(), verdict));
    List<PutAside> putAside = journal.notLearned().putAside();
    return version.isEmpty() && putAside.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                journal.key().collection(),
                journal.key().round(),
                Instant.ofEpochMilli(now.toEpochMilli()),
                version,
                putAside));
  }

  private Manifest manifest(
      Lineage before, Lineage after, RoundWork.Done done, Content content, Instant now) {
    // Learned since the parent: what earlier rounds had left unpublished, and this round.
    boolean begins = done.order().filter(Order::begins).isPresent();
    List<LearnedExample> learned = new ArrayList<>();
    if (!begins) {
      learned.addAll(before.unpublished());
    }
    learned.addAll(done.outcome().notLearned().without(done.batch().learned()));
    done.order()
        .flatMap(Order::unlearned)
        .ifPresent(document -> learned.removeIf(one -> one.document().equals(document)));
    List<DocumentId> leftOut = new ArrayList<>(before.leftOut());
    leftOut.addAll(done.outcome().notLearned().documents());
    return new Manifest(
        before.nextVersion(),
        begins ? 0 : before.parent(),
        content,
        Instant.ofEpochMilli(now.toEpochMilli()),
        learned,
        after.counters(),
        new Provenance(
            partition,
            after.nextOffset(),
            done.seed(),
            configuration,
            done.order().flatMap(Order::imported),
            done.order().flatMap(Order::from)),
        after.orders().next(),
        leftOut,
        done.verdict());
  }

  private void publish(Step step, ModelParts parts, Manifest manifest) {
    parts.write(
        manifest,
        (key, value) ->
            step.write(ModelTopics.MODELS, ONLY_PARTITION, key, value, headers(key, value)));
  }

  private Headers headers(ModelKey key, byte[] value) {
    return key.isManifest()
        ? signer.map(signs -> signs.headers(value)).orElseGet(RecordHeaders::new)
        : new RecordHeaders();
  }

  private static void withdraw(Step step, Lineage before, Lineage after) {
    for (Kept gone : before.keptUnlike(after)) {
      ModelParts.keys(new ModelVersion(before.collection(), gone.version()), gone.parts())
          .forEach(key -> step.erase(ModelTopics.MODELS, ONLY_PARTITION, key));
    }
  }

  /**
   * Writes the state of the learner into the step, and tombstones for the checkpoints that nothing
   * needs any more.
   *
   * @param lineage how far the learner has come
   * @param journalFrom see {@link Checkpoint#journalFrom}
   * @param before the checkpoints so far, oldest first
   */
  void checkpoint(
      Step step, Lineage lineage, Learning learning, long journalFrom, List<Checkpoint> before) {
    ChunkedOutput state = state(learning);
    List<byte[]> chunks = state.chunks();
    Checkpoint checkpoint =
        new Checkpoint(lineage, journalFrom, Digest.of(chunks), chunks.size(), state.size());
    for (int part = 0; part < chunks.size(); part++) {
      CheckpointKey key = CheckpointKey.chunk(checkpoint.round(), part);
      step.write(LearnerTopics.STATE, partition, key, chunks.get(part));
    }
    head(step, checkpoint);
    List<Checkpoint> needed = Checkpoint.needed(before, checkpoint);
    before.stream().filter(old -> !needed.contains(old)).forEach(old -> erase(step, old));
  }

  private static ChunkedOutput state(Learning learning) {
    ChunkedOutput chunks = new ChunkedOutput();
    try (DataOutputStream out = new DataOutputStream(chunks)) {
      learning.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory does not fail to be written", e);
    }
    return chunks;
  }

  /** Writes the checkpoint that says that a collection exists, before its first round. */
  void born(Step step, Lineage lineage, long journalFrom) {
    head(step, new Checkpoint(lineage, journalFrom, Digest.of(List.of()), 0, 0));
  }

  private void head(Step step, Checkpoint checkpoint) {
    CheckpointKey key = CheckpointKey.head(checkpoint.round());
    step.write(LearnerTopics.STATE, partition, key, CheckpointJson.bytes(checkpoint));
    step.commits(checkpoint);
  }

  private void erase(Step step, Checkpoint old) {
    step.erase(LearnerTopics.STATE, partition, CheckpointKey.head(old.round()));
    for (int part = 0; part < old.parts(); part++) {
      step.erase(LearnerTopics.STATE, partition, CheckpointKey.chunk(old.round(), part));
    }
  }
}
