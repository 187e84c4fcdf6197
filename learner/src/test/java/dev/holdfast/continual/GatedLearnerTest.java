package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.continual.Verdict.Outcome;
import dev.holdfast.continual.Verdict.PutAside;
import dev.holdfast.document.Example;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatedLearnerTest {
  private static final int KNOWN = 104;
  private static final int BURST = 24;

  private final LearningSettings settings = GateFixtures.settings();
  private GatedLearner learner = gated(settings);
  private long version;

  private static GatedLearner gated(LearningSettings settings) {
    return new GatedLearner(settings, new ContinualLearner(settings));
  }

  /** Rounds of eight, each judged, with the rehearsal after them. */
  private List<Verdict> learn(int from, int to, IntFunction<Example> examples) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int at = from; at < to; at += 8) {
      verdicts.addAll(burst(at, at + 8, examples));
      while (learner.wantsRehearsal()) {
        learner.learn(List.of(), at);
      }
    }
    return verdicts;
  }

  /** Rounds of eight, each judged, one after the other. */
  private List<Verdict> burst(int from, int to, IntFunction<Example> examples) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int at = from; at < to; at += 8) {
      learner.learn(slips(at, at + 8, examples), at);
      verdicts.add(judge());
    }
    return verdicts;
  }

  private static List<Example> slips(int from, int to, IntFunction<Example> examples) {
    return IntStream.range(from, to).mapToObj(examples).toList();
  }

  private Verdict judge() {
    version++;
    return learner.judge(learner.weights(), version, version);
  }

  private static double right(Weights weights) {
    int right = 0;
    try (Extractor extractor = new Extractor(weights)) {
      for (int i = 1000; i < 1050; i++) {
        HeldDocument slip = HeldDocument.of(NetworkFixtures.slip(i));
        right += (int) slip.score(extractor).total().right();
      }
    }
    return right / 100.0;
  }

  @Test
  void honestVersionsPass() {
    List<Verdict> verdicts = learn(0, 200, NetworkFixtures::slip);

    assertThat(verdicts).extracting(Verdict::outcome).doesNotContain(Outcome.REFUSED);
    assertThat(verdicts).extracting(Verdict::outcome).contains(Outcome.UNTESTED, Outcome.GOOD);
    assertThat(right(learner.weights())).isGreaterThan(.9);
  }

  @Test
  void aVersionThatLearnedWrongLabelsIsRefusedAndTheLearnerIsAsGoodAsBefore() {
    learn(0, KNOWN, NetworkFixtures::slip);
    double before = right(learner.weights());
    List<Verdict> verdicts = burst(KNOWN, KNOWN + BURST, GateFixtures::wrongSlip);

    Verdict refused = verdicts.stream().filter(Verdict::refused).findFirst().orElseThrow();
    assertThat(refused.good()).isBetween(1L, KNOWN / 8L);
    assertThat(refused.fell()).extracting(Verdict.Fall::type).containsOnly("slip");
    assertThat(refused.putAside()).extracting(PutAside::annotator).containsOnly(GateFixtures.LIAR);
    assertThat(right(learner.weights())).isGreaterThanOrEqualTo(before - .05);
    assertThat(judge().outcome()).isNotEqualTo(Outcome.REFUSED);
  }

  @Test
  void withoutTheGateTheSameWrongLabelsHurt() {
    learner = gated(GateFixtures.settings("gate.held-back-share", "0"));
    learn(0, KNOWN, NetworkFixtures::slip);
    double before = right(learner.weights());
    burst(KNOWN, KNOWN + BURST, GateFixtures::wrongSlip);

    assertThat(right(learner.weights())).isLessThan(before - .2);
  }

  @Test
  void othersAreLearnedAgainAfterARefusal() {
    learn(0, KNOWN, NetworkFixtures::slip);
    learner.learn(slips(KNOWN, KNOWN + 8, NetworkFixtures::slip), 1);
    learner.learn(slips(KNOWN + 8, KNOWN + 8 + BURST, GateFixtures::wrongSlip), 2);

    Verdict refused = judge();
    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.putAside()).extracting(PutAside::annotator).containsOnly(GateFixtures.LIAR);
    assertThat(refused.updates()).isPositive();
  }

  @Test
  void whatWasCorrectedBeforeARefusalIsLearnedAgainAsItWasCorrectedAlone() throws IOException {
    learn(0, KNOWN, NetworkFixtures::slip);
    GatedLearner corrected = copy(learner, settings);
    corrected.learn(List.of(GateFixtures.wrongSlip(0, "reviewer")), 1);
    for (GatedLearner each : List.of(corrected, learner)) {
      each.learn(List.of(NetworkFixtures.slip(0)), 2);
      each.learn(slips(KNOWN, KNOWN + 8, NetworkFixtures::slip), 3);
      each.learn(slips(KNOWN + 8, KNOWN + 8 + BURST, GateFixtures::wrongSlip), 4);
    }

    Verdict verdict = learner.judge(learner.weights(), 99, 5);
    assertThat(verdict.refused()).isTrue();
    assertThat(corrected.judge(corrected.weights(), 99, 5).refused()).isTrue();
    assertThat(corrected.weights()).isEqualTo(learner.weights());
  }

  @Test
  void whoIsBlamedIsNotLearnedFromUntilTheyAgree() {
    learn(0, KNOWN, NetworkFixtures::slip);
    burst(KNOWN, KNOWN + BURST, GateFixtures::wrongSlip);

    GatedLearner.Round wrong = learner.learn(List.of(GateFixtures.wrongSlip(500)), 1);
    GatedLearner.Round right = learner.learn(List.of(NetworkFixtures.slip(501)), 2);

    assertThat(wrong.putAside()).hasSize(1);
    assertThat(wrong.report().updates()).isZero();
    assertThat(right.putAside()).isEmpty();
  }

  @Test
  void whoIsTrustedAgainIsLearnedFromWhateverTheySay() {
    learn(0, KNOWN, NetworkFixtures::slip);
    burst(KNOWN, KNOWN + BURST, GateFixtures::wrongSlip);

    assertThat(learner.mistrusted()).isEqualTo(1);
    assertThat(learner.trust("somebody")).isFalse();
    assertThat(learner.trust(GateFixtures.LIAR)).isTrue();
    assertThat(learner.mistrusted()).isZero();
    assertThat(learner.learn(List.of(GateFixtures.wrongSlip(500)), 1).putAside()).isEmpty();
  }

  @Test
  void whatIsHeldBackIsNotLearned() {
    learn(0, KNOWN, NetworkFixtures::slip);
    int heldBack = 0;
    for (int i = 200; i < 260; i++) {
      GatedLearner.Round round = learner.learn(List.of(NetworkFixtures.slip(i)), i);
      boolean held = !round.heldBack().isEmpty();
      assertThat(round.report().updates() == 0).isEqualTo(held);
      heldBack += held ? 1 : 0;
    }

    assertThat(heldBack).isBetween(5, 35);
  }

  @Test
  void whoMayRememberNothingHoldsNothingBack() {
    learner = gated(GateFixtures.settings("learning.memory-documents", "0"));
    List<Verdict> verdicts = learn(0, 80, NetworkFixtures::slip);

    assertThat(verdicts).extracting(Verdict::outcome).containsOnly(Outcome.UNTESTED);
  }

  @Test
  void savingAndRestoringChangesNothingAlsoWithinABurst() throws IOException {
    learn(0, KNOWN, NetworkFixtures::slip);
    learner.learn(slips(KNOWN, KNOWN + BURST, GateFixtures::wrongSlip), 7);
    GatedLearner copy = copy(learner, settings);

    Verdict verdict = learner.judge(learner.weights(), 99, 5);
    assertThat(verdict.refused()).isTrue();
    assertThat(copy.judge(copy.weights(), 99, 5)).isEqualTo(verdict);
    assertThat(copy.weights()).isEqualTo(learner.weights());
    learner.learn(List.of(NetworkFixtures.slip(300)), 8);
    copy.learn(List.of(NetworkFixtures.slip(300)), 8);
    assertThat(copy.weights()).isEqualTo(learner.weights());
    assertThat(bytes(copy)).isEqualTo(bytes(learner));
  }

  @Test
  void aStateFromBeforeTheGateIsRead() throws IOException {
    ContinualLearner old = new ContinualLearner(settings);
    old.learn(List.of(NetworkFixtures.slip(1)), 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    old.save(new DataOutputStream(bytes));

    GatedLearner restored =
        GatedLearner.restore(
            settings, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(restored.weights()).isEqualTo(old.weights());
  }

  private static GatedLearner copy(GatedLearner learner, LearningSettings settings)
      throws IOException {
    return GatedLearner.restore(
        settings, new DataInputStream(new ByteArrayInputStream(bytes(learner))));
  }

  private static byte[] bytes(GatedLearner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.save(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
