package dev.holdfast.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Words to be printed in a row, each knowing which value it belongs to.
 *
 * @param words in order
 */
record Text(List<Word> words) {

  /**
   * One token to be.
   *
   * @param text at least one character, no spaces
   * @param value it belongs to, or {@link Value#NONE}
   * @param glued whether it stands right behind the word before it
   */
  record Word(String text, Value value, boolean glued) {}

  static final Text EMPTY = new Text(List.of());

  Text {
    words = List.copyOf(words);
  }

  static Text of(String words) {
    return of(words, Value.NONE);
  }

  static Text of(String words, Value value) {
    List<Word> list = new ArrayList<>();
    for (String word : words.strip().split("[ \u00a0]+", -1)) {
      if (!word.isEmpty()) {
        list.add(new Word(word, value, false));
      }
    }
    return new Text(list);
  }

  Text then(Text more) {
    List<Word> list = new ArrayList<>(words);
    list.addAll(more.words);
    return new Text(list);
  }

  Text then(String more) {
    return then(of(more));
  }

  /** With a mark, such as a comma, that is a token of its own right behind the last word. */
  Text glue(String mark) {
    List<Word> list = new ArrayList<>(words);
    list.add(new Word(mark, Value.NONE, true));
    return new Text(list);
  }
}
