package dev.holdfast.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class StoreMemoryTest {
  private static final int VALUE = 10_000;
  private static final int VALUES = 3_000;

  @TempDir Path folder;

  /** Writes 30 MB into each of two stores; returns what of it waits in memory, in bytes. */
  private long unwritten(boolean bounded) throws RocksDBException {
    try (Options one = options(bounded);
        Options two = options(bounded);
        RocksDB first = RocksDB.open(one, folder.resolve("first-" + bounded).toString());
        RocksDB second = RocksDB.open(two, folder.resolve("second-" + bounded).toString())) {
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < VALUES; i++) {
        byte[] value = new byte[VALUE];
        random.nextBytes(value);
        byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
        first.put(key, value);
        second.put(key, value);
      }
      return first.getLongProperty("rocksdb.cur-size-active-mem-table")
          + second.getLongProperty("rocksdb.cur-size-active-mem-table");
    }
  }

  private static Options options(boolean bounded) {
    RocksDB.loadLibrary();
    Options options = new Options().setCreateIfMissing(true);
    options.setTableFormatConfig(new BlockBasedTableConfig());
    if (bounded) {
      new StoreMemory().setConfig("store", options, Map.of());
    }
    return options;
  }

  @Test
  void whatIsNotYetOnDiskIsBoundedOverAllStores() throws RocksDBException {
    assertThat(unwritten(true)).isLessThan(24 << 20);
    assertThat(unwritten(false)).isGreaterThan(48 << 20);
  }
}
