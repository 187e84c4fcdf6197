package dev.holdfast.network;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@link Weights} as the bytes of a safetensors file, readable by the format's libraries in any
 * language.
 *
 * <pre>
 *   8 bytes   little-endian length of the header
 *   header    JSON: {"__metadata__": {…}, name: {"dtype": "F32" | "I32", "shape": […], "data_offsets": [from, to]}, …},
 *             filled with spaces to a multiple of 8
 *   data      little-endian numbers, tensors one after the other
 * </pre>
 *
 * <p>The same weights always give the same bytes.
 */
public final class Safetensors {
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /** The bytes of a file with these weights. */
  public static byte[] write(Weights weights) {
    byte[] header = JsonOutput.bytes(Safetensors::header, weights);
    int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    long data = weights.tensors().stream().mapToLong(tensor -> 4L * tensor.size()).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + padded + data))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded)
            .put(header);
    while (bytes.position() < Long.BYTES + padded) {
      bytes.put((byte) ' ');
    }
    for (Tensor tensor : weights.tensors()) {
      if (tensor.isFloat()) {
        bytes.asFloatBuffer().put(tensor.floats());
      } else {
        bytes.asIntBuffer().put(tensor.ints());
      }
      bytes.position(bytes.position() + 4 * tensor.size());
    }
    return bytes.array();
  }

  private static void header(JsonGenerator out, Weights weights) throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart("__metadata__");
    for (Map.Entry<String, String> entry : new TreeMap<>(weights.metadata()).entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
    long offset = 0;
    for (Tensor tensor : weights.tensors()) {
      out.writeObjectFieldStart(tensor.name());
      out.writeStringField("dtype", tensor.isFloat() ? "F32" : "I32");
      out.writeFieldName("shape");
      out.writeArray(tensor.shape(), 0, tensor.shape().length);
      out.writeFieldName("data_offsets");
      out.writeArray(new long[] {offset, offset + 4L * tensor.size()}, 0, 2);
      out.writeEndObject();
      offset += 4L * tensor.size();
    }
    out.writeEndObject();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws BadInput when the bytes are no such file
   */
  public static Weights read(byte[] bytes) throws BadInput {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < Long.BYTES
        || in.getLong(0) < 0
        || in.getLong(0) > bytes.length - Long.BYTES) {
      throw new BadInput(
          Reason.BAD_VALUE, "safetensors", "a header within the file", bytes.length + " bytes");
    }
    int start = Long.BYTES + (int) in.getLong(0);
    byte[] header = Arrays.copyOfRange(bytes, Long.BYTES, start);
    Map<String, String> metadata = new HashMap<>();
    List<Tensor> tensors = new ArrayList<>();
    for (Map.Entry<String, JsonInput> member :
        JsonInput.read(header, Integer.MAX_VALUE).members(Integer.MAX_VALUE).entrySet()) {
      if (member.getKey().equals("__metadata__")) {
        for (Map.Entry<String, JsonInput> entry :
            member.getValue().members(Integer.MAX_VALUE).entrySet()) {
          metadata.put(entry.getKey(), entry.getValue().text(0, Integer.MAX_VALUE));
        }
      } else {
        tensors.add(tensor(member.getKey(), member.getValue(), in, start));
      }
    }
    return new Weights(metadata, tensors);
  }

  private static Tensor tensor(String name, JsonInput entry, ByteBuffer in, int start)
      throws BadInput {
    List<JsonInput> sizes = entry.required("shape").array(8);
    int[] shape = new int[sizes.size()];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sizes.get(i).integer(0, Integer.MAX_VALUE);
      size = Math.min(size * shape[i], in.capacity()); // more than that is not there anyway
    }
    List<JsonInput> offsets = entry.required("data_offsets").array(2);
    long from = offsets.get(0).longInteger();
    long to = offsets.get(1).longInteger();
    if (from < 0 || to < from || to > in.capacity() - start || to - from != 4 * size) {
      throw entry.bad(
          Reason.BAD_VALUE,
          "%d numbers of 4 bytes within the file".formatted(size),
          "offsets %d to %d of %d".formatted(from, to, in.capacity() - start));
    }
    ByteBuffer data = in.duplicate().order(ByteOrder.LITTLE_ENDIAN).position((int) (start + from));
    String dtype = entry.required("dtype").text(1, 8);
    if (dtype.equals("F32")) {
      float[] floats = new float[(int) size];
      data.asFloatBuffer().get(floats);
      return Tensor.of(name, floats, shape);
    }
    if (dtype.equals("I32")) {
      int[] ints = new int[(int) size];
      data.asIntBuffer().get(ints);
      return Tensor.of(name, ints, shape);
    }
    throw entry.bad(
        Reason.BAD_VALUE, "dtype F32 or I32", "a dtype of " + dtype.length() + " characters");
  }
}
