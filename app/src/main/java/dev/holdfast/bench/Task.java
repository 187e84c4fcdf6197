package dev.holdfast.bench;

import dev.holdfast.continual.Softmax.Classes;
import java.util.List;

/** One of the tasks that a network learns in turn. */
final class Task {
  /** Labels of all digits. */
  static final int LABELS = 10;

  private final List<Digit> train;
  private final List<Digit> test;
  private final int[] inputs;
  private final int[] outputs;
  private final Classes classes;

  /**
   * @param train to learn
   * @param test to be tested on
   * @param inputs where each pixel goes
   * @param outputs the network's output for each label
   * @param classes outputs among which the right one is told
   */
  Task(List<Digit> train, List<Digit> test, int[] inputs, int[] outputs, Classes classes) {
    this.train = List.copyOf(train);
    this.test = List.copyOf(test);
    this.inputs = inputs.clone();
    this.outputs = outputs.clone();
    this.classes = classes;
  }

  List<Digit> train() {
    return train;
  }

  List<Digit> test() {
    return test;
  }

  Classes classes() {
    return classes;
  }

  /** The input of the network that shows a pixel. */
  int input(int pixel) {
    return inputs[pixel];
  }

  /** The output of the network that stands for the label of a digit. */
  int output(Digit digit) {
    return outputs[digit.label()];
  }
}
