package dev.holdfast.network;

import static java.util.Objects.requireNonNull;

import ai.djl.engine.EngineException;
import dev.holdfast.process.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * An encoder from a TorchScript file in place of Holdfast's own: what it has to take and to return
 * is said in {@code docs/encoder.md}. It is loaded and tried once in a process, whoever asks for
 * it, and called by the digest of the file.
 *
 * <p>Thread-safe, as {@link Extractor} says.
 */
public final class EncoderFile {
  /** Every one of them is kept several times by a learner, and travels with every version. */
  private static final int MAX_TRAINED = 4_000_000;

  /** How many numbers fit in a megabyte. */
  private static final long NUMBERS = (1 << 20) / Float.BYTES;

  private static final Map<String, Tried> TRIED = new HashMap<>();

  private final Tried tried;
  private final boolean trained;
  private final FrozenEncoder frozen;

  /** An encoder that kept to what it has to. */
  private static final class Tried {
    private final EncoderModule module;
    private final int width;
    private final Optional<TrainedEncoder> trained;

    private Tried(EncoderModule module, int width, Optional<TrainedEncoder> trained) {
      this.module = module;
      this.width = width;
      this.trained = trained;
    }
  }

  private EncoderFile(Tried tried, boolean trained, long room) {
    this.tried = requireNonNull(tried, "tried is null");
    this.trained = trained;
    frozen = new FrozenEncoder(tried.module, tried.width, new VectorCache(room));
  }

  /**
   * The encoder that versions are run with, if the setting {@code encoder.file} names one; problems
   * gather in the reader.
   */
  public static Optional<EncoderFile> toRun(SettingsReader reader) {
    return tried(reader).map(tried -> new EncoderFile(tried, false, 0));
  }

  /**
   * The encoder that is learned with, if the setting {@code encoder.file} names one; {@code
   * encoder.trained} says whether its parameters are learned as well, {@code
   * encoder.cache-megabytes} how many vectors of remembered documents are kept. Problems gather in
   * the reader.
   */
  public static Optional<EncoderFile> toLearn(SettingsReader reader) {
    boolean trained = reader.flag("encoder.trained", false);
    int room = reader.integer("encoder.cache-megabytes", 256, 0, 1 << 20);
    Optional<Tried> tried = tried(reader);
    if (trained && tried.isEmpty()) {
      reader.problem("encoder.trained", "encoder.file to name an encoder", "true");
    }
    if (trained && tried.isPresent() && tried.get().trained.isEmpty()) {
      EncoderModule module = tried.get().module;
      reader.problem(
          "encoder.trained",
          "false, or an encoder of 1 to %d parameters of float32 (it has %d%s)"
              .formatted(
                  MAX_TRAINED, module.size(), module.isSingle() ? "" : ", some of another type"),
          "true");
    }
    return tried.map(
        each -> new EncoderFile(each, trained && each.trained.isPresent(), room * NUMBERS));
  }

  private static Optional<Tried> tried(SettingsReader reader) {
    String file = reader.text("encoder.file", "").strip();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(tried(Path.of(file)));
    } catch (IOException | InvalidPathException e) {
      reader.problem("encoder.file", "an encoder (%s)".formatted(e.getMessage()), file);
      return Optional.empty();
    }
  }

  private static synchronized Tried tried(Path file) throws IOException {
    byte[] archive;
    try {
      archive = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("expected a TorchScript file, found none", e);
    } catch (IOException e) {
      throw new IOException("expected a TorchScript file that can be read, was %s".formatted(e), e);
    }
    String digest = digest(archive);
    Tried known = TRIED.get(digest);
    if (known == null) {
      known = attempt(digest, archive);
      TRIED.put(digest, known);
    }
    return known;
  }

  private static Tried attempt(String digest, byte[] archive) throws IOException {
    EncoderModule module;
    try {
      module = new EncoderModule(digest, archive);
    } catch (EngineException e) {
      throw new IOException("expected a TorchScript archive, was: " + firstLine(e), e);
    }
    int width = EncoderTrial.width(module);
    boolean trainable = module.isSingle() && module.size() >= 1 && module.size() <= MAX_TRAINED;
    return new Tried(
        module,
        width,
        trainable
            ? Optional.of(new TrainedEncoder(digest, archive, module.weights(), width))
            : Optional.empty());
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String firstLine(EngineException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("");
  }

  /** The digest of the file. */
  public String digest() {
    return tried.module.digest();
  }

  /** The encoder that is learned with. */
  Encoder toLearn() {
    return trained ? tried.trained.orElseThrow() : frozen;
  }

  /**
   * The encoder that weights were learned with.
   *
   * @param parameters of the encoder among the weights
   * @throws IllegalArgumentException when it has not so many
   */
  Encoder toRun(int parameters) {
    Encoder encoder = parameters == 0 || tried.trained.isEmpty() ? frozen : tried.trained.get();
    if (encoder.parameters() != parameters) {
      throw new IllegalArgumentException(
          "encoder %s: expected %d parameters, was %d"
              .formatted(digest(), encoder.parameters(), parameters));
    }
    return encoder;
  }

  @Override
  public String toString() {
    return digest() + (trained ? " trained" : " frozen");
  }
}
