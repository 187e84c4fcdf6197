package dev.holdfast.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What every detector on words does. */
abstract class WordsContract extends DriftDetectorContract<HashedWords> {
  @Override
  HashedWords usual(SplittableRandom random) {
    return document(random, "receipt", "total");
  }

  @Override
  HashedWords changed(SplittableRandom random) {
    return document(random, "passport", "surname");
  }

  /** Its own title, its own words, and words that any document may have. */
  static HashedWords document(SplittableRandom random, String title, String own) {
    List<String> words = new ArrayList<>(List.of(title));
    for (int i = 0; i < 10; i++) {
      words.add(own + random.nextInt(10) + letter(random));
      words.add("common" + letter(random) + letter(random));
    }
    return HashedWords.of(words);
  }

  private static char letter(SplittableRandom random) {
    return (char) ('a' + random.nextInt(26));
  }
}
