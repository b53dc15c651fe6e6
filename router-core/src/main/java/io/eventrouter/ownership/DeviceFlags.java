package io.eventrouter.ownership;

/** Bits that a device carries. */
public final class DeviceFlags {
    /** The device reports a product that it was not let into: it has no product scope. */
    public static final int QUARANTINED = 1;

    /** The device was thrown out of its product: it has no product scope. */
    public static final int DENIED = 1 << 1;

    /** The device gets development firmware; never changes routing. */
    public static final int DEVELOPMENT = 1 << 2;

    /** The device is connected. Not kept between runs. */
    public static final int ONLINE = 1 << 3;

    private DeviceFlags() {}
}
