package dev.holdfast.network;

import dev.holdfast.document.FieldName;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Everything a {@link Model} is and what its learner keeps beside each number, written so that
 * learning goes on from it to the bit. Rows keep their order, because sums are taken in it; where
 * runs lie does not matter and is not kept.
 *
 * <pre>
 *   int format = 1
 *   int documents
 *   int fields, each: UTF name, 11 int counts, float marked share, 49 float reliability,
 *       chain run, head run, applicability run
 *   encoder run, masked words run
 *   int word rows, each: int feature, int documents, boolean vector, its run if any
 *   int wide rows, each: int feature, int documents, int n, n int fields, run
 *   a run: its floats plane by plane
 * </pre>
 */
final class ModelState {
  private static final int FORMAT = 1;

  private ModelState() {}

  static void save(Model model, DataOutput out) throws IOException {
    out.writeInt(FORMAT);
    out.writeInt(model.documents);
    out.writeInt(model.fields.size());
    for (Field field : model.fields) {
      out.writeUTF(field.name.value());
      for (int count : field.counts()) {
        out.writeInt(count);
      }
      out.writeFloat(field.markedShare);
      for (float count : field.reliability.counts()) {
        out.writeFloat(count);
      }
      write(model, out, field.chain, Chain.RUN);
      write(model, out, field.head, Encoder.HEAD);
      write(model, out, field.applicability, Applicability.RUN);
    }
    write(model, out, model.encoder, Encoder.PARAMETERS);
    write(model, out, model.maskedWords, MaskedWords.PARAMETERS);
    EmbeddingTable words = model.words;
    out.writeInt(words.rows());
    for (int row = 0; row < words.rows(); row++) {
      out.writeInt(words.feature(row));
      out.writeInt(words.documents(row));
      out.writeBoolean(words.offset(row) >= 0);
      if (words.offset(row) >= 0) {
        write(model, out, words.offset(row), Encoder.WORD);
      }
    }
    WideTable wide = model.wide;
    out.writeInt(wide.rows());
    for (int row = 0; row < wide.rows(); row++) {
      int[] fields = wide.fields(row);
      out.writeInt(wide.feature(row));
      out.writeInt(wide.documents(row));
      out.writeInt(fields.length);
      for (int field : fields) {
        out.writeInt(field);
      }
      write(model, out, wide.offset(row), WideTable.PAIR * fields.length);
    }
  }

  private static void write(Model model, DataOutput out, int offset, int length)
      throws IOException {
    for (int plane = 0; plane < model.parameters.planes(); plane++) {
      float[] numbers = model.parameters.plane(plane);
      for (int k = offset; k < offset + length; k++) {
        out.writeInt(Float.floatToRawIntBits(numbers[k]));
      }
    }
  }

  static Model restore(Parameters parameters, DataInput in) throws IOException {
    int format = in.readInt();
    if (format != FORMAT) {
      throw new IOException("expected model state of format %d, was %d".formatted(FORMAT, format));
    }
    Model model = new Model(parameters);
    model.documents = in.readInt();
    int fields = in.readInt();
    for (int k = 0; k < fields; k++) {
      Field field = model.addField(new FieldName(in.readUTF()));
      int[] counts = new int[Field.COUNTS];
      for (int c = 0; c < counts.length; c++) {
        counts[c] = in.readInt();
      }
      field.counts(counts, 0);
      field.markedShare = in.readFloat();
      float[] reliability = field.reliability.counts();
      for (int c = 0; c < reliability.length; c++) {
        reliability[c] = in.readFloat();
      }
      read(model, in, field.chain, Chain.RUN);
      read(model, in, field.head, Encoder.HEAD);
      read(model, in, field.applicability, Applicability.RUN);
    }
    read(model, in, model.encoder, Encoder.PARAMETERS);
    read(model, in, model.maskedWords, MaskedWords.PARAMETERS);
    int words = in.readInt();
    for (int i = 0; i < words; i++) {
      int row = model.words.row(in.readInt());
      int documents = in.readInt();
      boolean vector = in.readBoolean();
      int offset = model.words.restore(row, documents, vector);
      if (vector) {
        read(model, in, offset, Encoder.WORD);
      }
    }
    int wide = in.readInt();
    for (int i = 0; i < wide; i++) {
      int row = model.wide.row(in.readInt());
      int documents = in.readInt();
      int[] members = new int[in.readInt()];
      for (int m = 0; m < members.length; m++) {
        members[m] = in.readInt();
      }
      int offset = model.wide.restore(row, members, documents);
      read(model, in, offset, WideTable.PAIR * members.length);
    }
    return model;
  }

  private static void read(Model model, DataInput in, int offset, int length) throws IOException {
    for (int plane = 0; plane < model.parameters.planes(); plane++) {
      float[] numbers = model.parameters.plane(plane);
      for (int k = offset; k < offset + length; k++) {
        numbers[k] = Float.intBitsToFloat(in.readInt());
      }
    }
  }
}
