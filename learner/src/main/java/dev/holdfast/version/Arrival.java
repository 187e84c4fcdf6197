package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

import dev.holdfast.network.Weights;

/** What {@link ModelAssembler} makes of the records it is fed. */
public sealed interface Arrival {
  /** Which version it is about. */
  ModelVersion version();

  /** All of a version is there and is what its manifest says. */
  record Complete(Manifest manifest, Weights weights) implements Arrival {
    public Complete {
      requireNonNull(manifest, "manifest is null");
      requireNonNull(weights, "weights is null");
    }

    @Override
    public ModelVersion version() {
      return manifest.version();
    }
  }

  /**
   * A version that cannot be used: keep the one before. While a topic is read from its beginning
   * this is no fault when the version is {@link Withdrawn} later on: compaction has taken parts of
   * it.
   *
   * @param version which
   * @param expected what it should have been
   * @param found what it is
   */
  record Unusable(ModelVersion version, String expected, String found) implements Arrival {
    public Unusable {
      requireNonNull(version, "version is null");
      requireNonNull(expected, "expected is null");
      requireNonNull(found, "found is null");
    }

    @Override
    public String toString() {
      return "version %s: expected %s, found %s".formatted(version, expected, found);
    }
  }

  /**
   * A version whose manifest nobody has signed who is trusted: keep the one before.
   *
   * @param version which
   * @param found what is there in place of the signature
   */
  record Untrusted(ModelVersion version, String found) implements Arrival {
    public Untrusted {
      requireNonNull(version, "version is null");
      requireNonNull(found, "found is null");
    }

    @Override
    public String toString() {
      return "version %s: expected a manifest that a trusted key has signed, found %s"
          .formatted(version, found);
    }
  }

  /** A version that is no longer kept on Kafka. Whoever runs it may go on. */
  record Withdrawn(ModelVersion version) implements Arrival {
    public Withdrawn {
      requireNonNull(version, "version is null");
    }
  }
}
