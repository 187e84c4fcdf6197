package dev.holdfast.serving;

import static dev.holdfast.serving.ServingFixtures.BANK;
import static dev.holdfast.serving.ServingFixtures.SHOP;
import static dev.holdfast.serving.ServingFixtures.TOTAL;
import static dev.holdfast.serving.ServingFixtures.digest;
import static dev.holdfast.serving.ServingFixtures.document;
import static dev.holdfast.serving.ServingFixtures.found;
import static dev.holdfast.serving.ServingFixtures.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.extraction.Conventions;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.meaning.Reading;
import dev.holdfast.network.Prediction;
import dev.holdfast.network.Weights;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServedModelsTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final ServedModels models = new ServedModels(Conventions.NONE);

  @Test
  void aCollectionWithoutAVersionIsServedByVersionZero() {
    Extraction extraction = models.extract(document(SHOP, "a"), NOON);

    assertThat(extraction.version()).isZero();
    assertThat(extraction.digest()).isEmpty();
    assertThat(extraction.fields()).isEmpty();
    assertThat(models.versions()).isEmpty();
  }

  @Test
  void eachCollectionHasAVersionOfItsOwn() {
    models.replace(SHOP, model(3));
    models.replace(BANK, model(7));

    assertThat(models.extract(document(SHOP, "a"), NOON).version()).isEqualTo(3);
    assertThat(models.extract(document(BANK, "a"), NOON).version()).isEqualTo(7);
    assertThat(models.versions())
        .containsExactly(
            Map.entry(BANK, new ServedModels.Served(7, digest(7))),
            Map.entry(SHOP, new ServedModels.Served(3, digest(3))));
  }

  @Test
  void aValueIsReadAsTheVersionLearnedItsKind() {
    models.replace(SHOP, model(3));

    assertThat(models.extract(document(SHOP, "a"), NOON).fields().get(TOTAL))
        .singleElement()
        .satisfies(
            total -> {
              assertThat(total.text()).isEqualTo("12.50");
              assertThat(total.normalized())
                  .containsExactly(new Reading.Amount(new BigDecimal("12.50"), Optional.empty()));
            });
  }

  @Test
  void weightsWithoutMetadataLoadAndFindNothing() {
    models.replace(
        SHOP, ServedModel.load(1, digest(1), new Weights(Map.of(), List.of()), Optional.empty()));

    Extraction extraction = models.extract(document(SHOP, "a"), NOON);

    assertThat(extraction.version()).isEqualTo(1);
    assertThat(extraction.fields()).isEmpty();
  }

  @Test
  void aReplacedModelWithoutUsersClosesAtOnce() {
    AtomicInteger closed = new AtomicInteger();
    models.replace(SHOP, model(1, document -> found(), closed));

    models.replace(SHOP, model(2));

    assertThat(closed).hasValue(1);
  }

  @Test
  void aReplacedModelClosesWhenItsLastDocumentIsDone() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger closed = new AtomicInteger();
    models.replace(
        SHOP,
        model(
            1,
            document -> {
              reading.countDown();
              await(goOn);
              assertThat(closed).hasValue(0);
              return found();
            },
            closed));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<Extraction> slow = thread.submit(() -> models.extract(document(SHOP, "a"), NOON));
    reading.await();

    models.replace(SHOP, model(2));

    assertThat(closed).hasValue(0);
    assertThat(models.extract(document(SHOP, "b"), NOON).version()).isEqualTo(2);
    goOn.countDown();
    assertThat(slow.get().version()).isEqualTo(1);
    assertThat(closed).hasValue(1);
    thread.shutdown();
  }

  @Test
  void underLoadNoDocumentMeetsAClosedModelAndEachClosesOnce() throws Exception {
    int threads = 4;
    int versions = 500;
    List<AtomicInteger> closings = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    replaceWithChecked(1, closings);
    CountDownLatch started = new CountDownLatch(threads);
    ExecutorService readers = Executors.newFixedThreadPool(threads);
    List<Future<Long>> results = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      results.add(
          readers.submit(
              () -> {
                long last = models.extract(document(SHOP, "a"), NOON).version();
                started.countDown();
                while (!done.get()) {
                  long version = models.extract(document(SHOP, "a"), NOON).version();
                  assertThat(version).isGreaterThanOrEqualTo(last);
                  last = version;
                }
                return last;
              }));
    }
    started.await();
    for (int version = 2; version <= versions; version++) {
      replaceWithChecked(version, closings);
    }
    done.set(true);
    for (Future<Long> result : results) {
      assertThat(result.get()).isBetween(1L, (long) versions);
    }
    readers.shutdown();
    assertThat(readers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    assertThat(closings.subList(0, versions - 1)).allSatisfy(c -> assertThat(c).hasValue(1));
    assertThat(closings.get(versions - 1)).hasValue(0);
    models.close();
    assertThat(closings.get(versions - 1)).hasValue(1);
  }

  @Test
  void afterClosingNothingIsServed() {
    models.replace(SHOP, model(1));
    models.close();

    assertThatThrownBy(() -> models.extract(document(SHOP, "a"), NOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("shop");
  }

  private void replaceWithChecked(long version, List<AtomicInteger> closings) {
    AtomicInteger closed = new AtomicInteger();
    closings.add(closed);
    models.replace(
        SHOP,
        model(
            version,
            document -> {
              Prediction prediction = found();
              assertThat(closed).as("version %d", version).hasValue(0);
              return prediction;
            },
            closed));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("expected to be let on, was interrupted", e);
    }
  }
}
