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
 *   int format = 3, or int format = 4, UTF name of the encoder, int its parameters when it is one
 *       from a file
 *   int documents
 *   int fields, each: UTF name, 11 int counts, float marked share, float recognised, 49 float reliability,
 *       chain run, head run, applicability run
 *   which fields were marked together
 *   encoder run, masked words run if the encoder learns by them
 *   int word rows, each: int feature, int documents, int latest, boolean vector, its run if any
 *   int wide rows, each: int feature, int documents, int latest, int n, n int fields, run
 *   a run: its floats plane by plane
 * </pre>
 */
final class ModelState {
  /** The format over Holdfast's own encoder. */
  private static final int OWN = 3;

  /** The format over an encoder from a file. */
  private static final int GIVEN = 4;

  private ModelState() {}

  static void save(Model model, DataOutput out) throws IOException {
    boolean own = model.deep == Convolutions.OWN;
    out.writeInt(own ? OWN : GIVEN);
    if (!own) {
      out.writeUTF(model.deep.name());
      out.writeInt(model.deep.parameters());
    }
    out.writeInt(model.documents);
    out.writeInt(model.fields.size());
    for (Field field : model.fields) {
      out.writeUTF(field.name.value());
      for (int count : field.counts()) {
        out.writeInt(count);
      }
      out.writeFloat(field.markedShare);
      out.writeFloat(field.recognised);
      for (float count : field.reliability.counts()) {
        out.writeFloat(count);
      }
      write(model, out, field.chain, Chain.RUN);
      write(model, out, field.head, model.deep.head());
      write(model, out, field.applicability, Applicability.RUN);
    }
    model.companions.save(out);
    write(model, out, model.encoder, model.deep.parameters());
    write(model, out, model.maskedWords, model.maskedParameters());
    EmbeddingTable words = model.words;
    out.writeInt(words.rows());
    for (int row = 0; row < words.rows(); row++) {
      out.writeInt(words.feature(row));
      out.writeInt(words.sightings.documents(row));
      out.writeInt(words.sightings.latest(row));
      out.writeBoolean(words.offset(row) >= 0);
      if (words.offset(row) >= 0) {
        write(model, out, words.offset(row), Convolutions.WORD);
      }
    }
    WideTable wide = model.wide;
    out.writeInt(wide.rows());
    for (int row = 0; row < wide.rows(); row++) {
      int[] fields = wide.fields(row);
      out.writeInt(wide.feature(row));
      out.writeInt(wide.sightings.documents(row));
      out.writeInt(wide.sightings.latest(row));
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

  /**
   * The model that was saved.
   *
   * @param deep its encoder
   * @throws IOException when it cannot be read, or was saved over another encoder
   */
  static Model restore(Parameters parameters, Encoder deep, DataInput in) throws IOException {
    int format = in.readInt();
    if (format != OWN && format != GIVEN) {
      throw new IOException(
          "expected model state of format %d or %d, was %d".formatted(OWN, GIVEN, format));
    }
    String name = format == OWN ? "" : in.readUTF();
    int weights = format == OWN ? Convolutions.PARAMETERS : in.readInt();
    if (!name.equals(deep.name()) || weights != deep.parameters()) {
      throw new IOException(
          "expected model state over %s, was over %s"
              .formatted(
                  Encoder.shown(deep.name(), deep.parameters()), Encoder.shown(name, weights)));
    }
    Model model = new Model(parameters, deep);
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
      field.recognised = in.readFloat();
      float[] reliability = field.reliability.counts();
      for (int c = 0; c < reliability.length; c++) {
        reliability[c] = in.readFloat();
      }
      read(model, in, field.chain, Chain.RUN);
      read(model, in, field.head, model.deep.head());
      read(model, in, field.applicability, Applicability.RUN);
    }
    model.companions.restore(in);
    read(model, in, model.encoder, model.deep.parameters());
    read(model, in, model.maskedWords, model.maskedParameters());
    int words = in.readInt();
    for (int i = 0; i < words; i++) {
      int row = model.words.row(in.readInt());
      model.words.sightings.set(row, in.readInt(), in.readInt());
      if (in.readBoolean()) {
        read(model, in, model.words.makeVector(row), Convolutions.WORD);
      }
    }
    int wide = in.readInt();
    for (int i = 0; i < wide; i++) {
      int row = model.wide.row(in.readInt());
      model.wide.sightings.set(row, in.readInt(), in.readInt());
      int[] members = new int[in.readInt()];
      for (int m = 0; m < members.length; m++) {
        members[m] = in.readInt();
      }
      int offset = model.wide.restore(row, members);
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
