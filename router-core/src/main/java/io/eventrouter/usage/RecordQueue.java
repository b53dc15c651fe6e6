package io.eventrouter.usage;

import io.eventrouter.memory.NativeMemory;
import io.eventrouter.metering.UsageRecord;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Usage records between a routing thread and the usage thread, which reads them, and may go back and read them again
 * until it has released them. There is room for every record: most wait outside until {@link #hasRoom()}, and those
 * that cannot wait make the queue grow.
 *
 * <p><b>Threading:</b> one thread puts, one thread reads. Neither waits for the other; a full queue allocates off-heap
 * memory, any other nothing.
 */
final class RecordQueue implements AutoCloseable {
    /** So many records that were not released yet are room enough for the usage thread to work on. */
    static final int ROOM = 32_768;

    static final int RECORDS_PER_CHUNK = 1_024;
    private static final int CHUNK_LENGTH = RECORDS_PER_CHUNK * RecordLayout.LENGTH;

    /** Chunks that are kept for later: as many as hold what there is room for. */
    private static final int SPARE_CHUNKS = ROOM / RECORDS_PER_CHUNK;

    private static final class Chunk {
        private final long address = NativeMemory.allocate(CHUNK_LENGTH);
        private final UnsafeBuffer records = new UnsafeBuffer(address, CHUNK_LENGTH);
        private Chunk next;
    }

    private final OneToOneConcurrentArrayQueue<Chunk> spare = new OneToOneConcurrentArrayQueue<>(SPARE_CHUNKS);

    /** Written by the producer, after the record; read by the consumer, before it. */
    private final AtomicLong put = new AtomicLong();

    /** Written by the consumer, after it has read; read by the producer, before it writes there again. */
    private final AtomicLong released = new AtomicLong();

    private Chunk last;
    private int lastCount;

    private Chunk releasedChunk;
    private int releasedIndex;
    private Chunk readChunk;
    private int readIndex;
    private long read;

    RecordQueue() {
        last = new Chunk();
        releasedChunk = last;
        readChunk = last;
    }

    boolean hasRoom() {
        return put.getPlain() - released.get() < ROOM;
    }

    void put(final UsageRecord record) {
        final int offset = nextOffset();
        RecordLayout.write(last.records, offset, record);
        put.setRelease(put.getPlain() + 1);
    }

    void putProduct(final int productId, final long publishOperations, final long subscribeOperations) {
        final int offset = nextOffset();
        RecordLayout.writeProduct(last.records, offset, productId, publishOperations, subscribeOperations);
        put.setRelease(put.getPlain() + 1);
    }

    private int nextOffset() {
        if (lastCount == RECORDS_PER_CHUNK) {
            final Chunk used = spare.poll();
            final Chunk chunk = used == null ? new Chunk() : used;
            last.next = chunk;
            last = chunk;
            lastCount = 0;
        }
        return lastCount++ * RecordLayout.LENGTH;
    }

    /** Copy records that come next, as many as there are of those asked for and lie together; returns how many. */
    int read(final byte[] into, final int offset, final int maxRecords) {
        final long available = put.getAcquire() - read;
        if (available == 0) {
            return 0;
        }
        if (readIndex == RECORDS_PER_CHUNK) {
            readChunk = readChunk.next;
            readIndex = 0;
        }
        final int count = (int) Math.min(available, Math.min(maxRecords, RECORDS_PER_CHUNK - readIndex));
        readChunk.records.getBytes(readIndex * RecordLayout.LENGTH, into, offset, count * RecordLayout.LENGTH);
        readIndex += count;
        read += count;
        return count;
    }

    boolean isRead() {
        return put.getAcquire() == read;
    }

    /** What was read is not needed again. */
    void release() {
        while (releasedChunk != readChunk) {
            final Chunk used = releasedChunk;
            releasedChunk = used.next;
            used.next = null;
            if (!spare.offer(used)) {
                NativeMemory.free(used.address);
            }
        }
        releasedIndex = readIndex;
        released.setRelease(read);
    }

    /** Read again what was not released. */
    void rewind() {
        read = released.getPlain();
        readChunk = releasedChunk;
        readIndex = releasedIndex;
    }

    /** Give the memory back; nobody puts or reads any more. */
    @Override
    public void close() {
        for (Chunk chunk = releasedChunk; chunk != null; chunk = chunk.next) {
            NativeMemory.free(chunk.address);
        }
        spare.drain(chunk -> NativeMemory.free(chunk.address));
        releasedChunk = null;
    }
}
