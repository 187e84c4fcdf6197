package dev.holdfast.ingest;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds what the stores of ingest take beside the heap, which by itself grows with their number
 * and with what they have ever taken in: all stores of the process share one cache, and what is
 * written but not yet on disk counts as part of it.
 *
 * <p>Kafka Streams makes one for each store by its own; thread-safe.
 */
public final class StoreMemory implements RocksDBConfigSetter {
  private static final long CACHE_BYTES = 64L << 20;
  private static final long UNWRITTEN_BYTES = 24L << 20;
  private static final long WRITE_BUFFER_BYTES = 4L << 20;

  /** Of the cache: for indexes and filters, which must not make room for data. */
  private static final double INDEX_SHARE = .2;

  private static final int SHARDS_AS_IT_LIKES = -1;

  /** Lives as long as the process. */
  private static final class Shared {
    static final Cache CACHE;
    static final WriteBufferManager UNWRITTEN;

    static {
      RocksDB.loadLibrary();
      CACHE = new LRUCache(CACHE_BYTES, SHARDS_AS_IT_LIKES, false, INDEX_SHARE);
      UNWRITTEN = new WriteBufferManager(UNWRITTEN_BYTES, CACHE);
    }
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(Shared.CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(Shared.UNWRITTEN);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
  }

  @Override
  public void close(String storeName, Options options) {
    // What is shared stays for the other stores.
  }
}
