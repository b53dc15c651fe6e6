package io.eventrouter.benchmarks.peers;

/** The ceiling of any map: owners in an array, and where each of them lies is known in advance. */
final class BareArrayLookup implements DeviceLookup {
    private final long[] owners;
    private int count;
    private int[] places;

    BareArrayLookup(final int devices) {
        owners = new long[devices];
    }

    @Override
    public void put(final long idHigh, final int idLow, final int owner) {
        owners[count++] = owner;
    }

    @Override
    public void prepare(final int[] numbers) {
        places = numbers;
    }

    @Override
    public long sumOwners(final long[] idHighs, final int[] idLows, final int first, final int length) {
        long sum = 0;
        for (int i = first; i < first + length; i++) {
            sum += owners[places[i]];
        }
        return sum;
    }
}
