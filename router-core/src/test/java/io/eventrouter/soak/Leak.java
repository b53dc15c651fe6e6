package io.eventrouter.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.agrona.UnsafeApi;

/** Mistakes that a soak must find: each keeps a little more for every router that was closed. */
enum Leak {
    NONE {
        @Override
        void leak() {}
    },
    HEAP {
        @Override
        void leak() {
            KEPT.add(new byte[1 << 20]);
        }
    },
    DIRECT_MEMORY {
        @Override
        void leak() {
            KEPT.add(ByteBuffer.allocateDirect(1 << 18));
        }
    },
    OFF_HEAP_MEMORY {
        @Override
        void leak() {
            UnsafeApi.setMemory(UnsafeApi.allocateMemory(8 << 20), 8 << 20, (byte) 1);
        }
    },
    FILE {
        @Override
        void leak() {
            try {
                final InputStream file = Files.newInputStream(Path.of(System.getProperty("java.home"), "release"));
                KEPT.add(file);
            } catch (final IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    },
    THREAD {
        @Override
        void leak() {
            final Thread thread = new Thread(() -> {
                try {
                    END.await();
                } catch (final InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    };

    private static final List<Object> KEPT = new ArrayList<>();
    private static final CountDownLatch END = new CountDownLatch(1);

    abstract void leak();

    /** Let go what can be. */
    static void end() {
        KEPT.clear();
        END.countDown();
    }
}
