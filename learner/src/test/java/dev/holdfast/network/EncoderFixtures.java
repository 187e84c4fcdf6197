package dev.holdfast.network;

import dev.holdfast.process.SettingsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Little encoders as people bring them along, and how settings name them. */
public final class EncoderFixtures {
  /** Numbers of one token's vector of {@link #letters}. */
  static final int WIDTH = 16;

  private EncoderFixtures() {}

  /**
   * An encoder of 2448 parameters: the mean of vectors of a token's bytes, and its place; of the
   * token and of the one before it.
   */
  public static byte[] letters() {
    SplittableRandom random = new SplittableRandom(11);
    List<Tensor> parameters =
        List.of(
            normal(random, "letters", 256, 8),
            normal(random, "weight", WIDTH, 24),
            normal(random, "bias", WIDTH));
    return archive(
        """
        letters = torch.embedding(self.letters, torch.to(text, 4))
        place = torch.div(torch.to(boxes, 6), 1000)
        here = torch.cat([torch.mean(letters, [1]), place], 1)
        before = torch.slice(torch.constant_pad_nd(here, [0, 0, 1, 0], 0.), 0, 0, -1, 1)
        return torch.tanh(torch.linear(torch.cat([here, before], 1), self.weight, self.bias))
        """,
        parameters);
  }

  private static Tensor normal(SplittableRandom random, String name, int... shape) {
    float[] numbers = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Tensor.of(name, numbers, shape);
  }

  /** An encoder without parameters, by the lines of its {@code forward(text, boxes, pages)}. */
  public static byte[] encoder(String lines) {
    return archive(lines, List.of());
  }

  /** The settings below {@code learner.} of an encoder that lies in this folder. */
  public static Map<String, String> settings(Path folder, byte[] encoder, boolean trained) {
    Path file = folder.resolve("encoder-%08x.pt".formatted(Arrays.hashCode(encoder)));
    try {
      Files.write(file, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "learner.encoder.file", file.toString(),
        "learner.encoder.trained", Boolean.toString(trained));
  }

  /** An encoder that lies in this folder, to learn with. */
  public static Optional<EncoderFile> file(Path folder, byte[] encoder, boolean trained) {
    SettingsReader reader = new SettingsReader(settings(folder, encoder, trained), "learner");
    Optional<EncoderFile> file = EncoderFile.toLearn(reader);
    reader.finish();
    return file;
  }

  /** What PyTorch saves: code, a pickled module with its parameters, and their numbers. */
  private static byte[] archive(String lines, List<Tensor> parameters) {
    StringBuilder code = new StringBuilder("class Module(Module):\n  __parameters__ = [");
    parameters.forEach(each -> code.append('"').append(each.name()).append("\", "));
    code.append("]\n  __buffers__ = []\n  training : bool\n");
    parameters.forEach(each -> code.append("  %s : Tensor\n".formatted(each.name())));
    code.append(
        "  def forward(self: __torch__.Module, text: Tensor, boxes: Tensor, pages: Tensor):\n");
    lines.lines().forEach(line -> code.append("    ").append(line).append('\n'));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      add(zip, "data.pkl", new Pickle().module(parameters));
      add(zip, "code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
      int storage = 0;
      for (Tensor parameter : parameters) {
        ByteBuffer numbers =
            ByteBuffer.allocate(Float.BYTES * parameter.size()).order(ByteOrder.LITTLE_ENDIAN);
        numbers.asFloatBuffer().put(parameter.floats());
        add(zip, "data/" + storage++, numbers.array());
      }
      add(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      add(zip, "version", new byte[] {'3', '\n'});
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry("module/" + name);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** The few words of pickle, protocol 2, that a module with parameters needs. */
  private static final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] module(List<Tensor> parameters) {
      raw("\u0080\u0002c__torch__\nModule\n)\u0081}(");
      text("training").raw("\u0088");
      int storage = 0;
      for (Tensor parameter : parameters) {
        text(parameter.name()).raw("ctorch._utils\n_rebuild_tensor_v2\n((");
        text("storage").raw("ctorch\nFloatStorage\n");
        text(Integer.toString(storage++)).text("cpu").number(parameter.size()).raw("tQ");
        number(0).raw("(");
        int stride = parameter.size();
        for (int length : parameter.shape()) {
          number(length);
        }
        raw("t(");
        for (int length : parameter.shape()) {
          stride /= length;
          number(stride);
        }
        raw("t\u0089ccollections\nOrderedDict\n)RtR");
      }
      raw("ub.");
      return out.toByteArray();
    }

    private Pickle raw(String bytes) {
      out.writeBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    }

    private Pickle text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      raw("X").int32(utf8.length);
      out.writeBytes(utf8);
      return this;
    }

    private Pickle number(int number) {
      return raw("J").int32(number);
    }

    private Pickle int32(int number) {
      out.writeBytes(
          ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
      return this;
    }
  }
}
