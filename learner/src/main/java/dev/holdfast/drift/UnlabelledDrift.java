package dev.holdfast.drift;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Drift as it shows without labels: alarms when two of three signals do within {@value #HOLD}
 * documents. The words of documents and the confidence of what was found in them may come apart in
 * time. It alarms once; after that nothing is said before {@link #restart}, which is for the moment
 * when what came has been learned.
 *
 * <p>Not thread-safe.
 */
public final class UnlabelledDrift {
  private static final int HOLD = 100;
  private static final int ENOUGH = 2;

  private final TokenHistogram words;
  private final DomainClassifier domain;
  private final Adwin confidence;
  private final Map<Signal, Long> alarms = new EnumMap<>(Signal.class);
  private long documents;
  private boolean alarmed;

  /** What can show that documents have changed. */
  public enum Signal {
    /** The histogram of words, {@link TokenHistogram}. */
    WORDS,
    /** A classifier that tells new from old, {@link DomainClassifier}. */
    DOMAIN,
    /** The mean confidence of what is found, {@link Adwin}. */
    CONFIDENCE
  }

  /**
   * How sensitive it is.
   *
   * @param windows of the two signals in words
   * @param wordDeviations of {@link TokenHistogram}
   * @param domainDeviations of {@link DomainClassifier}
   * @param confidenceDelta δ of {@link Adwin}
   */
  public record Settings(
      WindowSettings windows,
      double wordDeviations,
      double domainDeviations,
      double confidenceDelta) {
    /** What {@code bench drift} is quiet with. */
    public static final Settings DEFAULT = new Settings(WindowSettings.DEFAULT, 5, 5, .01);

    public Settings {
      requireNonNull(windows, "windows is null");
    }
  }

  public UnlabelledDrift(Settings settings) {
    words = new TokenHistogram(settings.windows(), settings.wordDeviations());
    domain = new DomainClassifier(settings.windows(), settings.domainDeviations());
    confidence = new Adwin(settings.confidenceDelta(), settings.windows().every());
  }

  /**
   * Takes in the words of the next document.
   *
   * @return whether it alarms now
   */
  public boolean words(HashedWords next) {
    documents++;
    note(Signal.WORDS, words.add(next));
    note(Signal.DOMAIN, domain.add(next));
    return vote();
  }

  /**
   * Takes in how sure the model is of what it found in the next document.
   *
   * @param mean 0 to 1; 0 when it found nothing
   * @return whether it alarms now
   */
  public boolean confidence(double mean) {
    note(Signal.CONFIDENCE, confidence.add(1 - mean));
    return vote();
  }

  private void note(Signal signal, boolean alarm) {
    if (alarm) {
      alarms.put(signal, documents);
    }
  }

  private boolean vote() {
    long standing = alarms.values().stream().filter(at -> documents - at < HOLD).count();
    boolean now = !alarmed && standing >= ENOUGH;
    alarmed |= now;
    return now;
  }

  /** Whether it has alarmed since the last restart. */
  public boolean alarmed() {
    return alarmed;
  }

  /** Holds it to have alarmed, as something else remembers. */
  public void alarm() {
    alarmed = true;
  }

  /** How far each signal is from what it was, see {@link DriftDetector#level}. */
  public Map<Signal, Double> levels() {
    Map<Signal, Double> levels = new EnumMap<>(Signal.class);
    levels.put(Signal.WORDS, words.level());
    levels.put(Signal.DOMAIN, domain.level());
    levels.put(Signal.CONFIDENCE, confidence.level());
    return Collections.unmodifiableMap(levels);
  }

  /** What comes next is what all that follows is held against. */
  public void restart() {
    words.restart();
    domain.restart();
    confidence.restart();
    alarms.clear();
    documents = 0;
    alarmed = false;
  }
}
