package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.network.NetworkFixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A learner that goes on with settings by which it may keep less than it did. */
class LoweredBoundsTest {
  private static final int KNOWN = 64;
  private static final Pattern SLIP = Pattern.compile("\"id\":\"(slip-\\d+)\"");

  /** No document that was ever learned. */
  private static final DocumentKey NOBODYS = NetworkFixtures.slip(9_999).document().key();

  private static LearningSettings settings(String... keysAndValues) {
    return GateFixtures.settings(keysAndValues);
  }

  private static LearningSettings remembering(int documents) {
    return settings("learning.memory-documents", Integer.toString(documents));
  }

  /** It has learned slips, holds others back, and has gone on from a good version. */
  private static byte[] saved() throws IOException {
    LearningSettings settings = settings();
    GatedLearner learner = new GatedLearner(settings, new ContinualLearner(settings));
    learner.learn(slips(0, KNOWN), 1);
    learner.learn(slips(KNOWN, 2 * KNOWN), 2);
    assertThat(learner.judge(learner.weights(), 1, 3).outcome()).isEqualTo(Verdict.Outcome.GOOD);
    learner.learn(slips(2 * KNOWN, 2 * KNOWN + 8), 4);
    return bytes(learner);
  }

  private static List<Example> slips(int from, int to) {
    return IntStream.range(from, to).mapToObj(NetworkFixtures::slip).toList();
  }

  private static byte[] bytes(GatedLearner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.save(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static GatedLearner restored(LearningSettings settings, byte[] saved) throws IOException {
    return GatedLearner.restore(settings, new DataInputStream(new ByteArrayInputStream(saved)));
  }

  private static Set<String> documents(byte[] saved) {
    Set<String> ids = new TreeSet<>();
    Matcher slip = SLIP.matcher(new String(saved, StandardCharsets.ISO_8859_1));
    while (slip.find()) {
      ids.add(slip.group(1));
    }
    return ids;
  }

  @Test
  void aGateThatIsSwitchedOffJudgesNoMoreAndGivesUpWhatWasHeldBack() throws IOException {
    byte[] saved = saved();
    GatedLearner off = restored(settings("gate.held-back-share", "0"), saved);

    assertThat(documents(bytes(off))).hasSize(off.forget(NOBODYS));
    off.learn(IntStream.range(500, 524).mapToObj(GateFixtures::wrongSlip).toList(), 5);
    assertThat(off.judge(off.weights(), 2, 6)).isEqualTo(Verdict.untested());
  }

  @Test
  void aGateThatStaysOnRefusesWhatIsWorseThanTheSavedVersion() throws IOException {
    GatedLearner on = restored(settings(), saved());

    on.learn(IntStream.range(500, 524).mapToObj(GateFixtures::wrongSlip).toList(), 5);
    assertThat(on.judge(on.weights(), 2, 6).refused()).isTrue();
  }

  @Test
  void noMoreIsRememberedThanMayBeFromTheRestoreOn() throws IOException {
    byte[] saved = saved();
    assertThat(restored(settings(), saved).forget(NOBODYS)).isGreaterThan(KNOWN);

    assertThat(restored(remembering(10), saved).forget(NOBODYS)).isEqualTo(10);
  }

  @Test
  void whoMayRememberNothingKeepsNoDocumentInAnyPlace() throws IOException {
    byte[] saved = saved();
    assertThat(documents(saved)).hasSize(2 * KNOWN + 8);

    GatedLearner restored = restored(remembering(0), saved);
    assertThat(documents(bytes(restored))).isEmpty();
    assertThat(restored.wantsRehearsal()).isFalse();
  }

  @Test
  void whatIsStillRememberedIsASampleOfAllThatWas() throws IOException {
    byte[] smaller =
        bytes(
            restored(
                settings("learning.memory-documents", "20", "gate.held-back-share", "0"), saved()));

    assertThat(documents(smaller)).hasSize(20);
    assertThat(documents(smaller).stream().map(id -> Integer.parseInt(id.substring(5))))
        .anyMatch(slip -> slip < KNOWN)
        .anyMatch(slip -> slip > KNOWN);
  }

  @Test
  void everyFurtherRestoreLeadsToTheSameLearner() throws IOException {
    LearningSettings lower = settings("learning.memory-documents", "10", "gate.documents", "12");
    byte[] saved = saved();
    GatedLearner first = restored(lower, saved);
    byte[] smaller = bytes(first);

    assertThat(bytes(restored(lower, saved))).isEqualTo(smaller);
    GatedLearner second = restored(lower, smaller);
    assertThat(bytes(second)).isEqualTo(smaller);
    first.learn(slips(500, 508), 5);
    second.learn(slips(500, 508), 5);
    assertThat(bytes(second)).isEqualTo(bytes(first));
  }
}
