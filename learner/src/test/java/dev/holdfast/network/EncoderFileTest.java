package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderFileTest {
  private static final Network.Noise ALL_SEEN = new Network.Noise(7, 0, 0);

  @TempDir private Path folder;

  private final Parameters parameters = new Parameters(1);

  private Network network(boolean trained) {
    return new Network(
        parameters,
        1,
        Supervision.STANDARD,
        EncoderFixtures.file(folder, EncoderFixtures.letters(), trained));
  }

  private static TrainingDocument prepare(Network network, int i) {
    Example slip = NetworkFixtures.slip(i);
    TrainingDocument document = network.prepare(slip.document(), slip.taught());
    network.count(document);
    return document;
  }

  /** Output layers begin at zero, where nothing before them has a gradient. */
  private void shake(Network network, TrainingDocument document) {
    SplittableRandom random = new SplittableRandom(5);
    network.deepGradient(
        document,
        ALL_SEEN,
        (part, offset, gradient, from, length, documents) -> {
          for (int i = 0; part == GradientConsumer.Part.HEAD && i < length; i++) {
            parameters.weights()[offset + i] = 4 * (float) random.nextGaussian();
          }
        });
  }

  /** Plain gradient descent on the wide part and the deep one. */
  private void descend(Network network, TrainingDocument document) {
    GradientConsumer step =
        (part, offset, gradient, from, length, documents) -> {
          for (int i = 0; i < length; i++) {
            parameters.weights()[offset + i] -= .05f * gradient[from + i];
          }
        };
    for (int i = 0; i < 20; i++) {
      network.gradient(document, ALL_SEEN, step);
      network.deepGradient(document, ALL_SEEN, step);
    }
  }

  private String problem(Map<String, String> settings) {
    SettingsReader reader = new SettingsReader(settings, "learner");
    EncoderFile.toLearn(reader);
    try {
      reader.finish();
    } catch (BadConfiguration e) {
      assertThat(e.problems()).hasSize(1);
      return e.problems().get(0);
    }
    throw new AssertionError("expected a problem, was none");
  }

  private String problem(String forward) {
    return problem(EncoderFixtures.settings(folder, EncoderFixtures.encoder(forward), false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          return (boxes, pages)                                | expected one tensor of float32 [7, width], was [int64 (7, 4), int64 (7)]
          return boxes                                         | expected one tensor of float32 [7, width], was [int64 (7, 4)]
          return torch.ones([3, 8])                            | expected one tensor of float32 [7, width], was [float32 (3, 8)]
          return torch.ones([torch.size(pages, 0)])            | expected one tensor of float32 [7, width], was [float32 (7)]
          return 3                                             | expected one tensor of float32 [7, width], was no tensor
          return torch.log(torch.neg(torch.to(boxes, 6)))      | expected finite vectors of 7 tokens, was
          return torch.rand([torch.size(pages, 0), 8])         | expected the same vectors of the same document again, was different ones
          return torch.ones([torch.size(pages, 0), 0])         | expected vectors of 1 to 4096 numbers, was 0
          return torch.mm(torch.eye(7), torch.to(boxes, 6))    | to run on 1 tokens, failed: RuntimeError: mat1 and mat2 shapes
          return torch.ones([torch.size(pages, 0), torch.size(pages, 0)]) | expected vectors of 7 numbers also of 1 tokens, was 1
          """)
  void anEncoderThatDoesNotKeepToTheContractIsAProblemOfTheSettings(String forward, String says) {
    assertThat(problem(forward))
        .startsWith("learner.encoder.file: expected an encoder (")
        .contains(says);
  }

  @Test
  void aFileThatIsMissingOrNoTorchScriptIsAProblemOfTheSettings() throws IOException {
    Path file = folder.resolve("text.pt");
    Files.writeString(file, "no archive", StandardCharsets.UTF_8);

    assertThat(problem(Map.of("learner.encoder.file", folder.resolve("gone.pt").toString())))
        .contains("expected a TorchScript file, found none");
    assertThat(problem(Map.of("learner.encoder.file", file.toString())))
        .contains("expected a TorchScript archive, was: ");
  }

  @Test
  void onlyAnEncoderWithParametersCanBeTrained() {
    byte[] none = EncoderFixtures.encoder("return torch.to(boxes, 6)");

    assertThat(problem(EncoderFixtures.settings(folder, none, true)))
        .startsWith("learner.encoder.trained: expected false, or an encoder of 1 to 4000000")
        .contains("it has 0");
    assertThat(problem(Map.of("learner.encoder.trained", "true")))
        .startsWith("learner.encoder.trained: expected encoder.file to name an encoder");
  }

  @Test
  void tokensArriveAsBytesWithBoxesAndPages() {
    EncoderModule module =
        new EncoderModule(
            "test",
            EncoderFixtures.encoder(
                "return torch.cat([torch.to(text, 6), torch.to(boxes, 6), torch.to(torch.unsqueeze(pages, 1), 6)], 1)"));
    String cut = "x".repeat(EncoderModule.TEXT - 1);
    Document document =
        new Document(
            new DocumentId("a"),
            CollectionName.DEFAULT,
            "",
            "",
            List.of(new Page(600, 800), new Page(600, 800)),
            List.of(
                new Token("é合", new Box(1, 2, 3, 4), 0, 0),
                new Token(cut + "合", new Box(5, 6, 7, 8), 1, 1)));
    int width = EncoderModule.TEXT + 5;

    float[] seen = module.read(document);

    assertThat(seen).hasSize(2 * width).startsWith(0xC3, 0xA9, 0xE5, 0x90, 0x88, 0, 0);
    assertThat(seen[width + EncoderModule.TEXT - 2]).isEqualTo('x');
    assertThat(seen[width + EncoderModule.TEXT - 1]).as("half a character").isZero();
    assertThat(seen).endsWith(5, 6, 7, 8, 1);
    module.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientAgreesWithFiniteDifferences(boolean trained) {
    Network network = network(trained);
    prepare(network, 2);
    TrainingDocument document = prepare(network, 1);
    shake(network, document);
    Map<Integer, Float> gradients = new HashMap<>();
    Map<GradientConsumer.Part, Integer> parts = new EnumMap<>(GradientConsumer.Part.class);
    network.deepGradient(
        document,
        ALL_SEEN,
        (part, offset, gradient, from, length, documents) -> {
          for (int i = 0; i < length; i++) {
            if (Math.abs(gradient[from + i]) > .02 && parts.merge(part, 1, Integer::sum) <= 30) {
              gradients.put(offset + i, gradient[from + i]);
            }
          }
        });

    gradients.forEach(
        (index, gradient) -> {
          double numeric = difference(network, document, index);
          // Single precision: a tenth of the gradient, and the noise of two losses near 10.
          assertThat((double) gradient).isCloseTo(numeric, within(.1 * Math.abs(numeric) + 5e-3));
        });
    assertThat(parts.get(GradientConsumer.Part.HEAD)).isGreaterThan(5);
    assertThat(parts.getOrDefault(GradientConsumer.Part.ENCODER, 0) > 20).isEqualTo(trained);
    assertThat(parts).doesNotContainKey(GradientConsumer.Part.EMBEDDING);
  }

  private double difference(Network network, TrainingDocument document, int index) {
    float step = 1e-2f;
    float before = parameters.weights()[index];
    parameters.weights()[index] = before + step;
    double above = network.deepGradient(document, ALL_SEEN, (p, o, g, f, l, d) -> {});
    parameters.weights()[index] = before - step;
    double below = network.deepGradient(document, ALL_SEEN, (p, o, g, f, l, d) -> {});
    parameters.weights()[index] = before;
    return (above - below) / (2 * step);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aVersionRunsOverTheSameFileOnly(boolean trained) throws Exception {
    Network network = network(trained);
    TrainingDocument document = prepare(network, 1);
    descend(network, document);
    Weights weights = Safetensors.read(Safetensors.write(network.weights()));
    Optional<EncoderFile> same = EncoderFixtures.file(folder, EncoderFixtures.letters(), false);
    Optional<EncoderFile> other =
        EncoderFixtures.file(folder, EncoderFixtures.encoder("return torch.to(boxes, 6)"), false);

    try (Extractor extractor = new Extractor(weights, same);
        Extractor again = new Extractor(weights, same)) {
      assertThat(extractor.extract(document.document()).fields()).isNotEmpty();
      assertThat(again.extract(document.document()))
          .isEqualTo(extractor.extract(document.document()));
    }
    assertThatThrownBy(() -> new Extractor(weights, other))
        .hasMessageStartingWith("expected the encoder sha256:")
        .hasMessageContaining(same.orElseThrow().digest())
        .hasMessageContaining("was " + other.orElseThrow().digest());
    assertThatThrownBy(() -> new Extractor(weights))
        .hasMessageContaining("was none, since no encoder.file is set");
    assertThatThrownBy(
            () ->
                Network.startFrom(
                    new Parameters(1), Supervision.STANDARD, Optional.empty(), weights))
        .hasMessageStartingWith(
            "expected weights over Holdfast's own encoder, was over encoder sha256:")
        .hasMessageEndingWith(trained ? "trained" : "frozen");
  }

  @Test
  void versionsOfATrainedEncoderDoNotDisturbEachOther() {
    Network network = network(true);
    TrainingDocument document = prepare(network, 1);
    descend(network, document);
    Weights before = network.weights();
    Optional<EncoderFile> file = EncoderFixtures.file(folder, EncoderFixtures.letters(), true);
    try (Extractor first = new Extractor(before, file)) {
      Prediction prediction = first.extract(document.document());
      descend(network, document);
      try (Extractor second = new Extractor(network.weights(), file)) {
        assertThat(second.extract(document.document())).isNotEqualTo(prediction);
        assertThat(first.extract(document.document())).isEqualTo(prediction);
      }
    }
  }

  @Test
  void aFailureOnADocumentQuotesNothingOfIt() {
    EncoderModule module =
        new EncoderModule(
            "sha256:test",
            EncoderFixtures.encoder(
                """
                bytes = annotate(List[int], torch.to(text[0], 4).tolist())
                words = annotate(Dict[str, int], {})
                return torch.ones([words[torch.chr(bytes[0])], 1])
                """));
    Document document = NetworkFixtures.document("a", "secret");

    assertThatThrownBy(() -> module.read(document))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("encoder sha256:test: expected vectors of 1 tokens, failed")
        .hasNoCause();
    module.close();
  }

  @Test
  void theFileThatOtherModulesTestWithIsTheFixture() throws IOException {
    assertThat(Files.readAllBytes(Path.of("src/test/resources/encoder/letters.pt")))
        .isEqualTo(EncoderFixtures.letters());
  }
}
