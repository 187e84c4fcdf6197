package dev.holdfast.version;

import static dev.holdfast.version.VersionFixtures.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ModelKeyTest {
  @Property(seed = "1")
  void everyKeyIsReadBack(
      @ForAll @LongRange(min = 1, max = ModelVersion.MAX_NUMBER) long number,
      @ForAll @IntRange(max = ModelKey.MAX_PART) int part) {
    ModelVersion version = version("my invoices", number);

    assertThat(ModelKey.parse(ModelKey.chunk(version, part).toString()))
        .isEqualTo(ModelKey.chunk(version, part));
    assertThat(ModelKey.parse(ModelKey.manifest(version).toString()))
        .isEqualTo(ModelKey.manifest(version));
  }

  @Property(seed = "1")
  void theOrderOfTheTextsIsTheOrderOfTheVersions(
      @ForAll @LongRange(min = 1, max = ModelVersion.MAX_NUMBER) long one,
      @ForAll @LongRange(min = 1, max = ModelVersion.MAX_NUMBER) long other) {
    String first = ModelKey.manifest(version("default", one)).toString();
    String second = ModelKey.manifest(version("default", other)).toString();

    assertThat(Integer.signum(first.compareTo(second))).isEqualTo(Long.compare(one, other));
  }

  @Example
  void keysAreWrittenAsDocumented() {
    assertThat(ModelKey.chunk(version("default", 42), 7)).hasToString("default/000000000042/00007");
    assertThat(ModelKey.manifest(version("default", 42)))
        .hasToString("default/000000000042/manifest");
  }

  @Example
  void whatIsNoKeyIsRefused() {
    for (String text :
        new String[] {
          "",
          "default",
          "default/42/7",
          "default/000000000000/manifest",
          "a/b/c/d",
          "default/000000000042/Manifest"
        }) {
      assertThatThrownBy(() -> ModelKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
