package io.eventrouter.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceOwnershipTest {
    @ParameterizedTest
    @CsvSource({
        "7, 0, true",
        "7, " + DeviceFlags.DEVELOPMENT + ", true",
        "7, " + DeviceFlags.QUARANTINED + ", false",
        "7, " + DeviceFlags.DENIED + ", false",
        "0, 0, false",
    })
    void shouldBeInGoodStandingInItsProductUnlessKeptOutOfIt(
            final int productId, final int flags, final boolean isInGoodStanding) {
        final OwnershipRecord record = new OwnershipRecord();
        record.kind = OwnershipRecord.Kind.DEVICE;
        record.productId = productId;
        record.flags = flags;

        assertEquals(isInGoodStanding, DeviceOwnership.of(record).isInGoodStanding());
    }
}
