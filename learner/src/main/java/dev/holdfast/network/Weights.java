package dev.holdfast.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a model version knows: named tensors and a few words of metadata, immutable,
 * equal by content. Plain arrays: it holds no native memory and needs no closing.
 *
 * <p>Thread-safe.
 */
public final class Weights {
  private final Map<String, String> metadata;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * @param metadata such as the names of the fields
   * @param tensors with different names
   */
  public Weights(Map<String, String> metadata, List<Tensor> tensors) {
    this.metadata = Map.copyOf(metadata);
    for (Tensor tensor : tensors) {
      if (this.tensors.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException(
            "expected one tensor named " + tensor.name() + ", was two");
      }
    }
  }

  public Map<String, String> metadata() {
    return metadata;
  }

  /** All tensors in their order. */
  public List<Tensor> tensors() {
    return new ArrayList<>(tensors.values());
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "expected a tensor named %s, found %s".formatted(name, tensors.keySet()));
    }
    return tensor;
  }

  /** How many numbers it has in all. */
  public long parameters() {
    return tensors.values().stream().filter(Tensor::isFloat).mapToLong(Tensor::size).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Weights that
        && metadata.equals(that.metadata)
        && tensors().equals(that.tensors());
  }

  @Override
  public int hashCode() {
    return metadata.hashCode() * 31 + tensors.keySet().hashCode();
  }

  @Override
  public String toString() {
    return "Weights" + tensors.values();
  }
}
